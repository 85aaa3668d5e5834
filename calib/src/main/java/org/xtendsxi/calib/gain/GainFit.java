// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gain;

import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.calib.common.LeastSquares;

/**
 * The gain that puts lines at their energies: the gain in force times a factor, or a polynomial in its place.
 *
 * @param curve the gain found
 * @param values the factor, or OFFSET, LINR and QUAD (PI channels per power of a channel)
 * @param errors their 1-sigma uncertainties
 * @param chi2 chi-squared of the lines
 * @param degrees degrees of freedom
 */
record GainFit(GainCurve curve, double[] values, double[] errors, double chi2, int degrees) {
    /** Degree of the fit that only scales the gain in force. */
    static final int FACTOR = 0;

    /**
     * A line that was measured.
     *
     * @param energy its energy, eV
     * @param channel where it lies, channels
     * @param error 1-sigma error, channels
     */
    record Measured(double energy, double channel, double error) {
    }

    /**
     * Fits.
     *
     * @param old gain in force
     * @param lines lines, more than the degree
     * @param degree 0 for a factor, 1 or 2 for a polynomial
     * @param systematic uncertainty of each line beside its error, eV
     * @return empty if the lines do not tell the parameters apart
     */
    static Optional<GainFit> of(GainCurve old, List<Measured> lines, int degree, double systematic) {
        if (degree == FACTOR) {
            return run(lines, 1, old, systematic, m -> old.times(1 + m[0] * UNIT[1]), new double[] {1});
        }
        double middle = lines.stream().mapToDouble(Measured::channel).average().orElseThrow();
        double slope = old.scale(middle) / Sxi.EV_PER_CHANNEL;
        double[] start = {old.energy(middle) / Sxi.EV_PER_CHANNEL - slope * middle, slope, 0};
        return run(lines, degree + 1, old, systematic, m -> old.with(moved(start, m)), start);
    }

    /** Natural sizes of the moves of OFFSET, LINR and QUAD. */
    private static final double[] UNIT = {1, 1e-3, 1e-6};

    private static double[] moved(double[] start, double[] moves) {
        double[] v = start.clone();
        for (int i = 0; i < moves.length; i++) {
            v[i] += moves[i] * UNIT[i];
        }
        return v;
    }

    private interface Shape {
        GainCurve at(double[] moves);
    }

    private static Optional<GainFit> run(List<Measured> lines, int parameters, GainCurve old, double systematic,
            Shape shape,
            double[] start) {
        return LeastSquares.run(m -> {
            GainCurve c = shape.at(m);
            return lines.stream().mapToDouble(l -> (c.energy(l.channel()) - l.energy())
                    / Math.hypot(l.error() * old.scale(l.channel()), systematic)).toArray();
        }, parameters).map(s -> {
            double[] values = new double[parameters];
            double[] errors = new double[parameters];
            for (int i = 0; i < parameters; i++) {
                double unit = UNIT[start.length == 1 ? 1 : i];
                values[i] = start[i] + s.moves()[i] * unit;
                errors[i] = s.errors()[i] * unit;
            }
            return new GainFit(shape.at(s.moves()), values, errors, s.chi2(), s.degrees());
        });
    }
}
