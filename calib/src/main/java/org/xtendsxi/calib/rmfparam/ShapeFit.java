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
 * PI spectrum (energy-chain section 12.5): the natural shape broadened by two Gaussians, over a constant and what
 * is spread evenly below the line; maximum of the Poisson likelihood.
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
    /** How far a peak reaches, standard deviations. */
    static final double CLEAR = 5;
    private static final int CORE = 4;
    private static final int ALL = 7;
    private static final int ROUNDS = 50;
    private static final double LEAST = 0.05;
    private static final double SETTLED = 0.02;
    private static final double BELOW_EV = 700;
    private static final double ABOVE = 3.2;
    /** Fall of chi-squared by three parameters that chance makes as rarely as 3 sigma. */
    private static final double SIGNIFICANT = 14.2;
    /** Up to which chi-squared is above its degrees by chance, in its standard deviations. */
    private static final double LIKELY = 3;
    /** Relative error of the second peak's area up to which the errors of all parameters are normal. */
    private static final double NORMAL = 0.1;
    /** Up to which a second peak enters the table. */
    private static final double KNOWN = 0.3;
    private static final double NARROW = 0.7;
    private static final double WIDE = 6;
    private static final double REACH_EV = 150;
    private static final double CHANNEL = Sxi.EV_PER_CHANNEL;

    /**
     * What is fitted.
     *
     * @param counts counts per PI channel from channel 0
     * @param low first fitted channel
     * @param line its natural shape
     * @param below part spread evenly from the line down to energy 0
     */
    private record Data(int[] counts, int low, NaturalLine.Table line, double below) {
    }

    /**
     * Fits a line.
     *
     * @param spectrum counts per PI channel from channel 0
     * @param line the line
     * @param second whether a second peak is looked for
     * @param below part spread evenly from the line down to energy 0, relative to the main peak
     * @param lowest energy below which other lines reach, eV
     * @return empty if the line does not show
     */
    static Optional<ShapeFit> of(PiSpectrum spectrum, NaturalLine line, boolean second, double below, double lowest) {
        return spectrum.peak(line, REACH_EV).map(p -> second ? both(spectrum.counts(), line, p, below, lowest)
                : core(spectrum.counts(), line, p, below, false));
    }

    private static ShapeFit core(int[] counts, NaturalLine line, NaturalPeak p, double below, boolean undecided) {
        double wide = LineFit.FWHM_PER_SIGMA * CHANNEL;
        double[] values = Arrays.copyOf(new double[] {p.centre() * CHANNEL, p.sigma() * wide, p.area(),
            p.background()}, ALL);
        double[] errors = Arrays.copyOf(new double[] {p.centreError() * CHANNEL, p.sigmaError() * wide,
            p.areaError()}, ALL);
        ShapeFit flat = new ShapeFit(line, values, errors, p.chi2(), p.degrees(), p.low(), p.model(), undecided);
        Data data = new Data(counts, p.low(), line.table(), below);
        double root = Math.sqrt(p.area());
        return below == 0 ? flat : settle(data, p.model().length, values, new double[] {p.fwhm() * CHANNEL / root,
            p.fwhm() * CHANNEL / root, root, 1, 1, 1, 1}, CORE)
                .map(s -> new ShapeFit(line, s.values, s.errors, s.chi2, s.degrees, p.low(), s.model, undecided))
                .orElse(flat);
    }

    /** Fits both peaks; the first alone if the second does not show. */
    private static ShapeFit both(int[] counts, NaturalLine line, NaturalPeak p, double below,
            double lowest) {
        // never so high that the peak itself is cut
        double from = Math.min(Math.max(lowest / CHANNEL, p.centre() - BELOW_EV / CHANNEL),
                p.centre() - ABOVE * p.sigma());
        int low = (int) Math.max(0, Math.ceil(from));
        int high = (int) Math.min(counts.length - 1.0, p.centre() + ABOVE * p.sigma());
        double fwhm = p.fwhm() * CHANNEL;
        double[] start = {p.centre() * CHANNEL, fwhm * 0.97, p.area(), Math.max(0, p.background()), 0.05, fwhm / 2,
                1.5 * fwhm};
        double root = Math.sqrt(p.area());
        double[] unit = {fwhm / root, fwhm / root, root, 1, 5 / root, fwhm * 20 / root, fwhm * 20 / root};
        Data data = new Data(counts, low, line.table(), below);
        Optional<Settled> two = settle(data, high - low + 1, start, unit, ALL);
        double[] alone = two.map(s -> s.values.clone()).orElse(start.clone());
        alone[CORE] = 0;
        if (two.isEmpty()) {
            // two do not converge where there is one: then one describes all channels
            return core(counts, line, p, below, settle(data, high - low + 1, alone, unit, CORE)
                    .filter(s -> s.chi2 - s.degrees < LIKELY * Math.sqrt(2.0 * s.degrees)).isEmpty());
        }
        Settled s = two.get();
        double[] v = s.values;
        boolean shaped = v[4] > 0 && v[4] < 1 && v[5] > 0 && v[6] > NARROW * v[1] && v[6] < WIDE * v[1];
        // not the error of its area: peaks nearer than their width leave that uncertain, and yet one is not enough
        boolean shows = shaped && fit(data, alone, unit, s.model, CORE)
                .map(o -> o.chi2() - s.chi2 > SIGNIFICANT).orElse(true);
        return shows ? new ShapeFit(line, v, s.errors, s.chi2, s.degrees, low, s.model, false)
                : core(counts, line, p, below, false);
    }

    /** A fit whose variances are those that it expects itself. */
    private record Settled(double[] values, double[] errors, double chi2, int degrees, double[] model) {
    }

    /** Fits the first so many values until none moves by more than a small part of its error. */
    private static Optional<Settled> settle(Data data, int channels, double[] start, double[] unit, int free) {
        double[] at = start;
        for (int round = 0; round < ROUNDS; round++) {
            double[] from = at;
            Optional<LeastSquares.Solution> s = fit(data, from, unit, model(data, from, channels), free);
            if (s.isEmpty()) {
                return Optional.empty();
            }
            double[] moves = s.get().moves();
            double[] errors = s.get().errors();
            at = moved(from, moves, unit);
            if (IntStream.range(0, free).allMatch(k -> Math.abs(moves[k]) < SETTLED * errors[k])) {
                double[] e = new double[ALL];
                Arrays.setAll(e, k -> k < free ? errors[k] * unit[k] : 0);
                at[1] = Math.abs(at[1]);
                at[6] = Math.abs(at[6]);
                return Optional.of(new Settled(at, e, s.get().chi2(), s.get().degrees(), model(data, at, channels)));
            }
        }
        return Optional.empty();
    }

    /** Fits the first so many values, the others held; counts have the variance that is expected. */
    private static Optional<LeastSquares.Solution> fit(Data data, double[] from, double[] unit, double[] expected,
            int free) {
        return LeastSquares.run(m -> {
            double[] r = model(data, moved(from, m, unit), expected.length);
            for (int i = 0; i < r.length; i++) {
                r[i] = (r[i] - data.counts[data.low + i]) / Math.sqrt(Math.max(LEAST, expected[i]));
            }
            return r;
        }, free);
    }

    private static double[] moved(double[] from, double[] moves, double[] unit) {
        double[] v = from.clone();
        for (int i = 0; i < moves.length; i++) {
            v[i] += moves[i] * unit[i];
        }
        return v;
    }

    private static double[] model(Data data, double[] v, int n) {
        double[] out = new double[n];
        double step = data.below * v[2] * CHANNEL / v[0];
        for (int i = 0; i < n; i++) {
            out[i] = v[3] + step * Math.clamp((v[0] - Sxi.energy(data.low + i)) / CHANNEL + 0.5, 0, 1);
        }
        add(out, data.low, data.line, v[0], v[1], v[2]);
        if (v[4] != 0) {
            add(out, data.low, data.line, v[0] - v[5], v[6], v[2] * v[4]);
        }
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

    /**
     * How many times as many events make the second peak so certain that the errors of the line are normal; at most 1
     * if they are. Measured by the pulls of docs/calibration-validation.md.
     */
    double wanting() {
        return second() ? Math.pow(errors[CORE] / (NORMAL * values[CORE]), 2) : 0;
    }

    /** Whether the second peak is known well enough to stand for lines of near energies. */
    boolean known() {
        return second() && errors[CORE] < KNOWN * values[CORE];
    }

    /** Whether a peak of the line reaches to an energy. */
    boolean covers(double energy) {
        double main = CLEAR * fwhm() / LineFit.FWHM_PER_SIGMA;
        double below = second() ? Math.max(main, values[5] + CLEAR * values[6] / LineFit.FWHM_PER_SIGMA) : main;
        return energy > centre() - below && energy < centre() + main;
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
