// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.evenodd;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xtendsxi.calib.common.LeastSquares;

/**
 * Fits one parity of columns of one segment (energy-chain section 6.4): the raw peak of a line at a temperature is
 * {@code g(vt)*P}, with {@code GAIN_OFFSET + GAIN_LINR*P + GAIN_QUAD*P^2} the pulse height that the gain in force gives
 * the line and {@code g = 1 + NORM*((vt-OFFSET)^INDEX - (VT_REF-OFFSET)^INDEX)/PH_REF}. The pulse heights by the gain
 * are measurements with an uncertainty, so that of the gain is contained in the results.
 */
final class EvenOddFit {
    /** Places of the fitted parameters: VT_GAIN_NORM, GAIN_OFFSET, GAIN_LINR, GAIN_QUAD. */
    static final int PARAMETERS = 4;
    private static final double[] STEP = {0.1, 0.5, 1e-3, 1e-6};

    private final List<Point> points;
    private final double[] target;
    private final double targetError;
    private final Temperature temperature;

    /**
     * A raw peak.
     *
     * @param line number of the line
     * @param temperature mean temperature of the video board, C
     * @param peak channels
     * @param error channels
     * @param count events
     */
    record Point(int line, double temperature, double peak, double error, long count) {
    }

    /**
     * Shape of the temperature term.
     *
     * @param index VT_GAIN_INDEX
     * @param offset VT_GAIN_OFFSET, C
     * @param reference VT_REF, C
     * @param pulseHeight PH_REF, channels
     */
    record Temperature(double index, double offset, double reference, double pulseHeight) {
        double factor(double norm, double vt) {
            return 1 + norm * (Math.pow(vt - offset, index) - Math.pow(reference - offset, index)) / pulseHeight;
        }
    }

    /**
     * Result.
     *
     * @param values VT_GAIN_NORM, GAIN_OFFSET, GAIN_LINR, GAIN_QUAD
     * @param errors 1-sigma, 0 if held
     * @param target pulse heights of the lines after the fit, channels
     * @param chi2 chi-squared
     * @param degrees degrees of freedom
     */
    record Result(double[] values, double[] errors, double[] target, double chi2, int degrees) {
    }

    EvenOddFit(List<Point> points, double[] target, double targetError, Temperature temperature) {
        this.points = List.copyOf(points);
        this.target = target.clone();
        this.targetError = targetError;
        this.temperature = temperature;
    }

    /** Fits those of the parameters that are free. */
    Optional<Result> run(double[] start, boolean[] free) {
        int[] which = IntStream.range(0, PARAMETERS).filter(i -> free[i]).toArray();
        return LeastSquares.run(x -> residuals(x, start, which), which.length + target.length).map(o -> {
            double[] errors = new double[PARAMETERS];
            for (int i = 0; i < which.length; i++) {
                errors[which[i]] = o.errors()[i] * STEP[which[i]];
            }
            double[] after = new double[target.length];
            Arrays.setAll(after, l -> target[l] + o.moves()[which.length + l] * targetError);
            return new Result(values(o.moves(), start, which), errors, after, o.chi2(), o.degrees());
        });
    }

    private static double[] values(double[] x, double[] start, int[] which) {
        double[] v = start.clone();
        for (int i = 0; i < which.length; i++) {
            v[which[i]] += x[i] * STEP[which[i]];
        }
        return v;
    }

    private double[] residuals(double[] x, double[] start, int[] which) {
        double[] v = values(x, start, which);
        double[] out = new double[points.size() + target.length];
        for (int i = 0; i < points.size(); i++) {
            Point p = points.get(i);
            double t = target[p.line()] + x[which.length + p.line()] * targetError;
            out[i] = (expected(v, t, p.temperature()) - p.peak()) / p.error();
        }
        System.arraycopy(x, which.length, out, points.size(), target.length);
        return out;
    }

    /** Raw peak at a temperature of a line whose pulse height by the gain is given, channels. */
    double expected(double[] v, double pulse, double vt) {
        double above = pulse - v[1];
        // the root of the quadratic that stays finite for a vanishing quadratic term
        double raw = 2 * above / (v[2] + Math.sqrt(Math.max(0, v[2] * v[2] + 4 * v[3] * above)));
        return raw * temperature.factor(v[0], vt);
    }
}
