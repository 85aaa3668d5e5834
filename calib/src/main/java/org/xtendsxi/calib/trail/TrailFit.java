// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.trail;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xtendsxi.calib.common.LeastSquares;

/**
 * Fits the trail of one direction of one segment: the mean excess of the pixel after the centre over the pixel before
 * it is p*NORM*(p/PH_REF)^INDEX*(transfers) - (ESLOPE*p + EOFFSET), energy-chain section 7.1 parts (b) and (c).
 */
final class TrailFit {
    /** Sizes of a change of each parameter, for the scaling of the fit. */
    private static final double[] STEP = {1e-6, 0.05, 1e-4, 0.1};

    private final List<Point> points;
    private final double phRef;
    private final double phCut;

    /**
     * Mean excess of some events.
     *
     * @param pulse mean pulse height of the centre, channels
     * @param transfers mean number of transfers, with the offset of the table
     * @param excess mean excess, channels
     * @param error 1-sigma error of the mean, channels
     * @param count events
     */
    record Point(double pulse, double transfers, double excess, double error, long count) {
    }

    /**
     * Result: values and errors of NORM, INDEX, ESLOPE and EOFFSET; the error of a parameter that was held is 0.
     *
     * @param chi2 chi-squared
     * @param degrees degrees of freedom
     */
    record Result(double[] values, double[] errors, double chi2, int degrees) {
    }

    TrailFit(List<Point> points, double phRef, double phCut) {
        this.points = List.copyOf(points);
        this.phRef = phRef;
        this.phCut = phCut;
    }

    /**
     * Fits.
     *
     * @param start NORM, INDEX, ESLOPE, EOFFSET
     * @param free which of them are fitted
     * @return the result, or empty if it does not converge
     */
    Optional<Result> run(double[] start, boolean[] free) {
        int[] which = IntStream.range(0, free.length).filter(i -> free[i]).toArray();
        return LeastSquares.run(x -> residuals(values(x, start, which)), which.length).map(o -> {
            double[] errors = new double[start.length];
            for (int i = 0; i < which.length; i++) {
                errors[which[i]] = o.errors()[i] * STEP[which[i]];
            }
            return new Result(values(o.moves(), start, which), errors, o.chi2(), o.degrees());
        });
    }

    private static double[] values(double[] x, double[] start, int[] which) {
        double[] v = start.clone();
        for (int i = 0; i < which.length; i++) {
            v[which[i]] += x[i] * STEP[which[i]];
        }
        return v;
    }

    private double[] residuals(double[] v) {
        return points.stream().mapToDouble(p -> (expected(v, p) - p.excess()) / p.error()).toArray();
    }

    /** Expected excess of a point, channels. */
    double expected(double[] v, Point p) {
        return v[0] * unit(v, p) * p.transfers() - v[2] * p.pulse() - v[3];
    }

    /** Excess of a point per transfer and NORM, channels. */
    double unit(double[] v, Point p) {
        return p.pulse() * Math.pow(Math.max(p.pulse(), phCut) / phRef, v[1]);
    }
}
