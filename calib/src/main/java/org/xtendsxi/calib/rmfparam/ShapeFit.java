// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.calib.common.LeastSquares;
import org.xtendsxi.calib.common.NaturalLine;
import org.xtendsxi.calib.common.NaturalPeak;
import org.xtendsxi.pipeline.measure.LineFit;

/**
 * Main peak of a line and the second peak below it, of events that lost charge below the split threshold, fitted to a
 * PI spectrum (energy-chain section 12.5): the natural shape broadened by two Gaussians, over a constant; maximum of
 * the Poisson likelihood.
 *
 * @param line the line
 * @param values centre (eV), FWHM (eV), area, constant per channel; then area of the second peak relative to the first,
 *     its distance below (eV) and its FWHM (eV), all 0 if it does not show
 * @param errors their 1-sigma uncertainties
 * @param chi2 chi-squared
 * @param degrees degrees of freedom
 * @param low first fitted channel
 * @param model expected counts of the fitted channels
 * @param undecided whether a second peak was looked for and the fit with it did not converge
 */
record ShapeFit(NaturalLine line, double[] values, double[] errors, double chi2, int degrees, int low, double[] model,
        boolean undecided) {
    private static final int CORE = 4;
    private static final int ALL = 7;
    private static final int ROUNDS = 50;
    private static final double LEAST = 0.05;
    private static final double SETTLED = 0.02;
    private static final double BELOW_EV = 700;
    private static final double ABOVE = 3.2;
    /** Fall of chi-squared by three parameters that chance makes as rarely as 3 sigma. */
    private static final double SIGNIFICANT = 14.2;
    private static final double NARROW = 0.7;
    private static final double WIDE = 6;
    private static final double REACH_EV = 150;
    private static final double CHANNEL = Sxi.EV_PER_CHANNEL;

    /**
     * Fits a line.
     *
     * @param spectrum counts per PI channel from channel 0
     * @param line the line
     * @param second whether a second peak is looked for
     * @return empty if the line does not show
     */
    static Optional<ShapeFit> of(PiSpectrum spectrum, NaturalLine line, boolean second) {
        NaturalLine.Table table = line.table();
        return spectrum.peak(line, REACH_EV).map(p -> second
                ? both(spectrum.counts(), line, table, p).orElseGet(() -> core(line, p, true)) : core(line, p, false));
    }

    private static ShapeFit core(NaturalLine line, NaturalPeak p, boolean undecided) {
        double[] values = new double[ALL];
        double[] errors = new double[ALL];
        double wide = LineFit.FWHM_PER_SIGMA * CHANNEL;
        System.arraycopy(new double[] {p.centre() * CHANNEL, p.sigma() * wide, p.area(), p.background()}, 0, values, 0,
                CORE);
        System.arraycopy(new double[] {p.centreError() * CHANNEL, p.sigmaError() * wide, p.areaError(), 0}, 0, errors,
                0, CORE);
        return new ShapeFit(line, values, errors, p.chi2(), p.degrees(), p.low(), p.model(), undecided);
    }

    /** Fits both peaks; the first alone if the second does not show, empty if the fit does not converge. */
    private static Optional<ShapeFit> both(int[] counts, NaturalLine line, NaturalLine.Table table, NaturalPeak p) {
        int low = (int) Math.max(0, p.centre() - BELOW_EV / CHANNEL);
        int high = (int) Math.min(counts.length - 1.0, p.centre() + ABOVE * p.sigma());
        double fwhm = p.fwhm() * CHANNEL;
        double[] at = {p.centre() * CHANNEL, fwhm * 0.97, p.area(), Math.max(0, p.background()), 0.05, fwhm / 2,
                1.5 * fwhm};
        double root = Math.sqrt(p.area());
        double[] unit = {fwhm / root, fwhm / root, root, 1, 5 / root, fwhm * 20 / root, fwhm * 20 / root};
        Optional<LeastSquares.Solution> s = Optional.empty();
        boolean settled = false;
        for (int round = 0; round < ROUNDS && !settled; round++) {
            double[] from = at;
            s = fit(counts, low, table, from, unit, model(from, low, high - low + 1, table), ALL);
            if (s.isEmpty()) {
                return Optional.empty();
            }
            at = moved(from, s.get().moves(), unit);
            settled = settled(s.get());
        }
        if (!settled) {
            return Optional.empty();
        }
        double[] errors = new double[ALL];
        for (int k = 0; k < ALL; k++) {
            errors[k] = s.get().errors()[k] * unit[k];
        }
        at[1] = Math.abs(at[1]);
        at[6] = Math.abs(at[6]);
        double[] best = model(at, low, high - low + 1, table);
        boolean shaped = at[4] > 0 && at[4] < 1 && at[5] > 0 && at[6] > NARROW * at[1] && at[6] < WIDE * at[1];
        double[] alone = at.clone();
        alone[4] = 0;
        double chi2 = s.get().chi2();
        // not the error of its area: peaks nearer than their width leave that uncertain, and yet one is not enough
        boolean shows = shaped && fit(counts, low, table, alone, unit, best, CORE)
                .map(o -> o.chi2() - chi2 > SIGNIFICANT).orElse(true);
        return Optional.of(shows ? new ShapeFit(line, at, errors, chi2, s.get().degrees(), low, best, false)
                : core(line, p, false));
    }

    /** Fits the first so many values, the others held; counts have the variance that is expected. */
    private static Optional<LeastSquares.Solution> fit(int[] counts, int low, NaturalLine.Table table, double[] from,
            double[] unit, double[] expected, int free) {
        return LeastSquares.run(m -> {
            double[] r = model(moved(from, Arrays.copyOf(m, ALL), unit), low, expected.length, table);
            for (int i = 0; i < r.length; i++) {
                r[i] = (r[i] - counts[low + i]) / Math.sqrt(Math.max(LEAST, expected[i]));
            }
            return r;
        }, free);
    }

    /** Whether no parameter moves by more than a small part of its own error. */
    private static boolean settled(LeastSquares.Solution s) {
        return IntStream.range(0, ALL).allMatch(k -> Math.abs(s.moves()[k]) < SETTLED * s.errors()[k]);
    }

    private static double[] moved(double[] from, double[] moves, double[] unit) {
        double[] v = new double[from.length];
        Arrays.setAll(v, i -> from[i] + moves[i] * unit[i]);
        return v;
    }

    private static double[] model(double[] v, int low, int n, NaturalLine.Table line) {
        double[] out = new double[n];
        Arrays.fill(out, v[3]);
        add(out, low, line, v[0], v[1], v[2]);
        add(out, low, line, v[0] - v[5], v[6], v[2] * v[4]);
        return out;
    }

    /** Adds a broadened line to counts per channel. */
    private static void add(double[] out, int low, NaturalLine.Table line, double centre, double fwhm, double area) {
        double sigma = Math.sqrt(Math.pow(fwhm / LineFit.FWHM_PER_SIGMA, 2) + CHANNEL * CHANNEL / 12);
        double norm = area * CHANNEL / (sigma * Math.sqrt(2 * Math.PI));
        for (int i = 0; i < out.length; i++) {
            double x = Sxi.energy(low + i) - centre;
            double sum = 0;
            for (int k = 0; k < line.offsets().length; k++) {
                double u = (x - line.offsets()[k]) / sigma;
                sum += line.weights()[k] * Math.exp(-u * u / 2);
            }
            out[i] += norm * sum;
        }
    }

    /** Whether the second peak shows. */
    boolean second() {
        return values[CORE] > 0;
    }

    /** Measured energy, eV. */
    double centre() {
        return values[0];
    }

    /** FWHM of the main peak, eV. */
    double fwhm() {
        return values[1];
    }

    /** Its 1-sigma error, eV. */
    double fwhmError() {
        return errors[1];
    }

    /** Counts of the main peak. */
    double area() {
        return values[2];
    }
}
