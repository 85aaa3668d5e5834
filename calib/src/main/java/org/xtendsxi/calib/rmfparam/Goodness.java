// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.util.stream.IntStream;

/**
 * How well a fit describes counts: chi-squared of the channels that expect at least one event; of emptier ones it tells
 * nothing.
 *
 * @param chi2 chi-squared
 * @param degrees its degrees of freedom, not below 0
 */
record Goodness(double chi2, int degrees) {
    private static final double FULL = 1;

    /**
     * Compares.
     *
     * @param counts counts per channel
     * @param expected those that the fit expects
     * @param parameters parameters that were fitted
     */
    static Goodness of(double[] counts, double[] expected, int parameters) {
        int[] full = IntStream.range(0, counts.length).filter(i -> expected[i] >= FULL).toArray();
        double chi2 = IntStream.of(full).mapToDouble(i -> Math.pow(counts[i] - expected[i], 2) / expected[i]).sum();
        return new Goodness(chi2, Math.max(0, full.length - parameters));
    }
}
