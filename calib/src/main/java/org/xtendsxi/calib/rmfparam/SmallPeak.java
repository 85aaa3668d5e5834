// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.calib.common.LeastSquares;
import org.xtendsxi.pipeline.measure.LineFit;

/**
 * A small peak of known place and width over a straight line; maximum of the Poisson likelihood.
 *
 * @param area counts
 * @param error 1-sigma error
 */
record SmallPeak(double area, double error) {
    /** How far to both sides it is fitted, standard deviations. */
    private static final double SIDE = 6;
    private static final int ROUNDS = 5;
    private static final double LEAST = 0.05;

    /**
     * Fits.
     *
     * @param counts counts per PI channel from channel 0
     * @param energy where it is, eV
     * @param fwhm its width, eV
     * @return empty if there are no counts, or the fit does not converge
     */
    static Optional<SmallPeak> of(int[] counts, double energy, double fwhm) {
        double sigma = fwhm / LineFit.FWHM_PER_SIGMA;
        int low = (int) Math.max(0, (energy - SIDE * sigma) / Sxi.EV_PER_CHANNEL);
        int high = (int) Math.min(Sxi.CHANNELS - 1.0, (energy + SIDE * sigma) / Sxi.EV_PER_CHANNEL);
        int n = high - low + 1;
        double sum = n <= SIDE ? 0 : Arrays.stream(counts, low, high + 1).sum();
        if (sum == 0) {
            return Optional.empty();
        }
        double norm = Math.sqrt(sum) * Sxi.EV_PER_CHANNEL / (sigma * Math.sqrt(2 * Math.PI));
        double[][] parts = new double[3][n];
        for (int i = 0; i < n; i++) {
            double u = (Sxi.energy(low + i) - energy) / sigma;
            parts[0][i] = norm * Math.exp(-u * u / 2);
            parts[1][i] = sum / n;
            parts[2][i] = sum / n * (i - n / 2.0) / n;
        }
        double[] at = {0, 1, 0};
        Optional<LeastSquares.Solution> s = Optional.empty();
        for (int round = 0; round < ROUNDS; round++) {
            double[] from = at;
            double[] expected = model(parts, from, new double[parts.length]);
            s = LeastSquares.run(m -> {
                double[] r = model(parts, from, m);
                Arrays.setAll(r, i -> (r[i] - counts[low + i]) / Math.sqrt(Math.max(LEAST, expected[i])));
                return r;
            }, parts.length);
            if (s.isEmpty()) {
                return Optional.empty();
            }
            double[] moves = s.get().moves();
            at = new double[] {from[0] + moves[0], from[1] + moves[1], from[2] + moves[2]};
        }
        double area = at[0] * Math.sqrt(sum);
        return s.map(o -> new SmallPeak(area, o.errors()[0] * Math.sqrt(sum)));
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
