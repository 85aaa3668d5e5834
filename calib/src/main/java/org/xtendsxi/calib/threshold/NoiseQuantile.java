// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.threshold;

import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.calib.common.HistogramBank;

/**
 * Pulse height that noise alone reaches with a given chance. Some pixels beside an event hold charge of it, but none
 * less than none: noise being symmetric, the threshold lies as far above the median as the same share of the pixels
 * lies below it.
 *
 * @param value the pulse height, interpolated within its bin
 * @param error 1-sigma, from the binomial errors of share and median, which go together, and the densities there
 * @param count values of the histogram
 */
record NoiseQuantile(double value, double error, long count) {
    private static final int FEWEST_BELOW = 10;
    private static final double HALF = 0.5;
    /** Half the range over which the density is taken, in bins. */
    private static final int REACH = 4;

    /**
     * Finds it.
     *
     * @param bank histograms
     * @param histogram which
     * @param share chance, between 0 and 0.5
     * @return empty if fewer than ten values are in the tail
     */
    static Optional<NoiseQuantile> of(HistogramBank bank, int histogram, double share) {
        int[] counts = bank.counts(histogram);
        long n = Arrays.stream(counts).asLongStream().sum();
        if (share * n < FEWEST_BELOW) {
            return Optional.empty();
        }
        double[] low = quantile(bank, counts, n, share);
        double[] middle = quantile(bank, counts, n, HALF);
        // covariance of two order statistics: share * (1 - 1/2) * n over both densities
        double together = share * HALF * n * middle[1] * low[1];
        return Optional.of(new NoiseQuantile(2 * middle[0] - low[0], Math.sqrt(variance(HALF, n, 2 * middle[1])
                + variance(share, n, low[1]) - 4 * together), n));
    }

    private static double variance(double share, long n, double perCount) {
        return share * (1 - share) * n * perCount * perCount;
    }

    /** Quantile and channels per value there. */
    private static double[] quantile(HistogramBank bank, int[] counts, long n, double share) {
        double wanted = share * n;
        double below = 0;
        int k = 0;
        while (k < counts.length - 1 && below + counts[k] < wanted) {
            below += counts[k++];
        }
        double value = bank.low() + bank.width() * (k + (wanted - below) / Math.max(1, counts[k]));
        long near = 0;
        int from = Math.max(0, k - REACH);
        int to = Math.min(counts.length - 1, k + REACH);
        for (int i = from; i <= to; i++) {
            near += counts[i];
        }
        return new double[] {value, (to - from + 1) * bank.width() / near};
    }
}
