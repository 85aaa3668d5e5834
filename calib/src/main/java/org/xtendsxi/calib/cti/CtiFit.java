// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.cti;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xtendsxi.calib.common.LeastSquares;

/**
 * Least squares of the logarithms of line peaks in bins of rows. Free are the wanted parameters and, for each line, the
 * pulse height without loss, which is known from the gain with an uncertainty; this enters as one more measurement, so
 * the uncertainties of the losses contain that of the gain.
 */
final class CtiFit {
    private final CtiModel model;
    private final List<Point> points;
    private final double[] reference;
    private final double[] referenceError;

    /**
     * Peak of a line in a bin of rows.
     *
     * @param line number of the line
     * @param rows events in each row 1..640 of the bin: ACTY and number by turns
     * @param peak channels
     * @param error channels
     */
    record Point(int line, int[] rows, double peak, double error) {
        /** Mean ACTY. */
        double meanRow() {
            double sum = 0;
            double n = 0;
            for (int i = 0; i < rows.length; i += 2) {
                sum += (double) rows[i] * rows[i + 1];
                n += rows[i + 1];
            }
            return sum / n;
        }

        /** Mean over the events of a quantity that is known per row. */
        double mean(double[] ofRow) {
            double sum = 0;
            double n = 0;
            for (int i = 0; i < rows.length; i += 2) {
                sum += ofRow[rows[i]] * rows[i + 1];
                n += rows[i + 1];
            }
            return sum / n;
        }
    }

    /**
     * Result.
     *
     * @param values by {@link CtiTerm}
     * @param errors 1-sigma, 0 if held fixed
     * @param reference pulse heights without loss after the fit, channels
     * @param chi2 chi-squared
     * @param degrees degrees of freedom
     */
    record Result(double[] values, double[] errors, double[] reference, double chi2, int degrees) {
    }

    /**
     * A fit.
     *
     * @param model geometry
     * @param points peaks
     * @param reference pulse height of each line without loss, channels
     * @param referenceError its uncertainty, channels
     */
    CtiFit(CtiModel model, List<Point> points, double[] reference, double[] referenceError) {
        this.model = model;
        this.points = List.copyOf(points);
        this.reference = reference.clone();
        this.referenceError = referenceError.clone();
    }

    /** Parameters that data of so many lines, with or without charge injection, can tell. */
    static Set<CtiTerm> free(int lines, boolean injection) {
        Set<CtiTerm> all = EnumSet.of(CtiTerm.F_NORM, CtiTerm.S_NORM);
        if (injection) {
            all.addAll(EnumSet.of(CtiTerm.F_PROB, CtiTerm.F_SCALE, CtiTerm.S_PROB));
        }
        if (lines > 1) {
            all.addAll(EnumSet.of(CtiTerm.F_INDEX, CtiTerm.S_INDEX));
        }
        return all;
    }

    /**
     * Fits.
     *
     * @param start value of every parameter by {@link CtiTerm}
     * @param free those that are fitted
     * @return the result, or empty if the fit does not converge or the data do not tell the parameters
     */
    Optional<Result> run(double[] start, Set<CtiTerm> free) {
        List<CtiTerm> terms = new ArrayList<>(EnumSet.copyOf(free));
        return LeastSquares.run(x -> residuals(x, start, terms), terms.size() + reference.length)
                .map(o -> result(o, start, terms));
    }

    private Result result(LeastSquares.Solution o, double[] start, List<CtiTerm> terms) {
        double[] values = values(o.moves(), start, terms);
        double[] errors = new double[CtiTerm.values().length];
        for (int i = 0; i < terms.size(); i++) {
            CtiTerm t = terms.get(i);
            errors[t.ordinal()] = o.errors()[i] * t.step() * (t.scale() ? values[t.ordinal()] / t.start() : 1);
        }
        double[] after = new double[reference.length];
        Arrays.setAll(after, l -> reference[l] + o.moves()[terms.size() + l] * referenceError[l]);
        return new Result(values, errors, after, o.chi2(), o.degrees());
    }

    private double weight(int point) {
        return points.get(point).peak() / points.get(point).error();
    }

    private static double[] values(double[] x, double[] start, List<CtiTerm> terms) {
        double[] v = start.clone();
        for (int i = 0; i < terms.size(); i++) {
            CtiTerm t = terms.get(i);
            // a scale stays positive: its logarithm is fitted
            v[t.ordinal()] = t.scale() ? start[t.ordinal()] * Math.exp(x[i] * t.step() / t.start())
                    : start[t.ordinal()] + x[i] * t.step();
        }
        return v;
    }

    private double[] residuals(double[] x, double[] start, List<CtiTerm> terms) {
        double[] v = values(x, start, terms);
        double[] fast = model.fast(v);
        double[] slow = model.slow(v);
        double[] out = new double[points.size() + reference.length];
        for (int i = 0; i < points.size(); i++) {
            Point p = points.get(i);
            double released = reference[p.line()] + x[terms.size() + p.line()] * referenceError[p.line()];
            out[i] = weight(i) * (Math.log(released / p.peak())
                    + model.logRemaining(v, p.peak(), p.mean(fast), p.mean(slow)));
        }
        for (int l = 0; l < reference.length; l++) {
            out[points.size() + l] = x[terms.size() + l];
        }
        return out;
    }

    /** Expected peak of a point, channels. */
    double expected(Result r, Point p) {
        return r.reference()[p.line()] * Math.exp(model.logRemaining(r.values(), p.peak(),
                p.mean(model.fast(r.values())), p.mean(model.slow(r.values()))));
    }
}
