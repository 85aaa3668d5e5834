// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.calib.common.LeastSquares;
import org.xtendsxi.pipeline.measure.LineFit;

/**
 * A small peak of known place and width over a straight line; maximum of the Poisson likelihood.
 *
 * @param area counts
 * @param error 1-sigma error
 * @param goodness of the fit
 */
record SmallPeak(double area, double error, Goodness goodness) {
    /** How far to both sides it is fitted, standard deviations. */
    private static final double SIDE = 6;
    private static final int ROUNDS = 5;
    private static final double LEAST = 0.05;
    /** Channels nearer than this, standard deviations, are those of the peak; half of them must be free. */
    private static final double PEAK = 2;

    /**
     * Fits.
     *
     * @param counts counts per PI channel from channel 0
     * @param energy where it is, eV
     * @param fwhm its width, eV
     * @param free whether a channel is free of other peaks
     * @return empty if the peak is not free of others, there are no counts, or the fit does not converge
     */
    static Optional<SmallPeak> of(int[] counts, double energy, double fwhm, IntPredicate free) {
        double sigma = fwhm / LineFit.FWHM_PER_SIGMA;
        int low = (int) Math.max(0, (energy - SIDE * sigma) / Sxi.EV_PER_CHANNEL);
        int high = (int) Math.min(Sxi.CHANNELS - 1.0, (energy + SIDE * sigma) / Sxi.EV_PER_CHANNEL);
        int[] at = IntStream.rangeClosed(low, high).filter(free).toArray();
        double[] data = Arrays.stream(at).mapToDouble(c -> counts[c]).toArray();
        double sum = Arrays.stream(data).sum();
        double here = 2 * PEAK * sigma / Sxi.EV_PER_CHANNEL;
        long seen = Arrays.stream(at).filter(c -> Math.abs(Sxi.energy(c) - energy) < PEAK * sigma).count();
        if (sum == 0 || seen < here / 2 || at.length < SIDE) {
            return Optional.empty();
        }
        double norm = Math.sqrt(sum) * Sxi.EV_PER_CHANNEL / (sigma * Math.sqrt(2 * Math.PI));
        int n = at.length;
        double[][] parts = new double[3][n];
        for (int i = 0; i < n; i++) {
            double u = (Sxi.energy(at[i]) - energy) / sigma;
            parts[0][i] = norm * Math.exp(-u * u / 2);
            parts[1][i] = sum / n;
            parts[2][i] = sum / n * (at[i] - (low + high) / 2.0) / (high - low + 1);
        }
        double[] now = {0, 1, 0};
        Optional<LeastSquares.Solution> s = Optional.empty();
        for (int round = 0; round < ROUNDS; round++) {
            double[] from = now;
            double[] expected = model(parts, from, new double[parts.length]);
            s = LeastSquares.run(m -> {
                double[] r = model(parts, from, m);
                Arrays.setAll(r, i -> (r[i] - data[i]) / Math.sqrt(Math.max(LEAST, expected[i])));
                return r;
            }, parts.length);
            if (s.isEmpty()) {
                return Optional.empty();
            }
            double[] moves = s.get().moves();
            now = new double[] {from[0] + moves[0], from[1] + moves[1], from[2] + moves[2]};
        }
        double area = now[0] * Math.sqrt(sum);
        double[] best = model(parts, now, new double[parts.length]);
        Goodness good = Goodness.of(data, best, parts.length);
        return s.map(o -> new SmallPeak(area, o.errors()[0] * Math.sqrt(sum), good));
    }

    private static double[] model(double[][] parts, double[] from, double[] moves) {
        double[] out = new double[parts[0].length];
        for (int k = 0; k < parts.length; k++) {
            for (int i = 0; i < out.length; i++) {
                out[i] += (from[k] + moves[k]) * parts[k][i];
            }
        }
        return out;
    }
}
