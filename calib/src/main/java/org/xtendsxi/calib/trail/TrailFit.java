// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.trail;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer.Optimum;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.util.Pair;

/**
 * Fits the trail of one direction of one segment: the mean excess of the pixel after the centre over the pixel before it is
 * p*NORM*(p/PH_REF)^INDEX*(transfers) - (ESLOPE*p + EOFFSET), energy-chain section 7.1 parts (b) and (c).
 */
final class TrailFit {
    /** Sizes of a change of each parameter, for the scaling of the fit. */
    private static final double[] STEP = {1e-6, 0.05, 1e-4, 0.1};
    private static final int MAX_ITERATIONS = 200;
    private static final double FIRST_STEP = 1;

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
        int[] which = java.util.stream.IntStream.range(0, free.length).filter(i -> free[i]).toArray();
        double[] target = points.stream().mapToDouble(p -> p.excess() / p.error()).toArray();
        try {
            Optimum o = new LevenbergMarquardtOptimizer().withInitialStepBoundFactor(FIRST_STEP)
                    .optimize(new LeastSquaresBuilder().start(new double[which.length]).target(target)
                            .model(x -> model(x.toArray(), start, which)).maxIterations(MAX_ITERATIONS)
                            .maxEvaluations(10 * MAX_ITERATIONS).build());
            double[] v = values(o.getPoint().toArray(), start, which);
            RealVector sigma = o.getSigma(1e-14);
            double[] errors = new double[start.length];
            for (int i = 0; i < which.length; i++) {
                errors[which[i]] = sigma.getEntry(i) * STEP[which[i]];
            }
            return Arrays.stream(v).allMatch(Double::isFinite) ? Optional.of(new Result(v, errors,
                    o.getCost() * o.getCost(), points.size() - which.length)) : Optional.empty();
        } catch (MathIllegalStateException | SingularMatrixException e) {
            return Optional.empty();
        }
    }

    private static double[] values(double[] x, double[] start, int[] which) {
        double[] v = start.clone();
        for (int i = 0; i < which.length; i++) {
            v[which[i]] += x[i] * STEP[which[i]];
        }
        return v;
    }

    private Pair<RealVector, RealMatrix> model(double[] x, double[] start, int[] which) {
        double[] v = values(x, start, which);
        double[] value = new double[points.size()];
        double[][] jacobian = new double[points.size()][which.length];
        for (int i = 0; i < value.length; i++) {
            Point p = points.get(i);
            double ratio = Math.max(p.pulse(), phCut) / phRef;
            double shape = p.pulse() * Math.pow(ratio, v[1]) * p.transfers();
            value[i] = (v[0] * shape - v[2] * p.pulse() - v[3]) / p.error();
            double[] slope = {shape, v[0] * shape * Math.log(ratio), -p.pulse(), -1};
            for (int k = 0; k < which.length; k++) {
                jacobian[i][k] = slope[which[k]] * STEP[which[k]] / p.error();
            }
        }
        return new Pair<>(new ArrayRealVector(value, false), new Array2DRowRealMatrix(jacobian, false));
    }

    /** Expected excess of a point, channels. */
    double expected(double[] v, Point p) {
        return v[0] * p.pulse() * Math.pow(Math.max(p.pulse(), phCut) / phRef, v[1]) * p.transfers() - v[2] * p.pulse()
                - v[3];
    }
}
