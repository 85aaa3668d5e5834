// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.random;

import java.util.ArrayDeque;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Draws {@code floor(level + sigma*g + 0.5)}, g standard normal, for levels that are multiples of 1/64: the value of a
 * pixel after the ADC, by one table look-up.
 *
 * <p>Per fraction of the level there is an alias table (Walker 1977) of the exact probabilities of the integers around
 * it, in units of 2^-32: a draw takes 32 random bits, of which the low ones choose a column and the others choose
 * between the column's two outcomes. The result is the rounded Gaussian itself, not an approximation by sums; the only
 * loss are outcomes rarer than 2^-33 (beyond 6 sigma).
 */
public final class RoundedGaussian {
    /** Levels are counted in 1/64. */
    public static final int FRACTIONS = 64;
    private static final int MIN_BITS = 7;
    private static final int MAX_BITS = 12;
    private static final double RANGE = 6.5;
    private static final long ALL = 1L << 32;

    private final int bits;
    private final int half;
    private final int[] table;

    /**
     * Makes the tables.
     *
     * @param sigma standard deviation, 0..300
     */
    public RoundedGaussian(double sigma) {
        int b = MIN_BITS;
        while (1 << b - 1 < RANGE * sigma + 1) {
            b++;
        }
        if (b > MAX_BITS) {
            throw new IllegalArgumentException("noise of " + sigma + " channels is too large for the tables");
        }
        this.bits = b;
        this.half = 1 << b - 1;
        this.table = new int[FRACTIONS << b];
        for (int f = 0; f < FRACTIONS; f++) {
            alias(weights(sigma, (double) f / FRACTIONS), f << bits);
        }
    }

    /**
     * One draw.
     *
     * @param level64 level in 1/64
     * @param random 32 random bits
     * @return the rounded value
     */
    public int draw(int level64, int random) {
        int column = random & (1 << bits) - 1;
        int entry = table[(level64 & FRACTIONS - 1) << bits | column];
        int outcome = random >>> bits < entry >>> bits ? column : entry & (1 << bits) - 1;
        return (level64 >> 6) + outcome - half;
    }

    /** Probabilities of the outcomes -half..half-1 in units of 2^-32, with sum 2^32. */
    private long[] weights(double sigma, double level) {
        long[] w = new long[2 * half];
        if (sigma == 0) {
            w[(int) Math.floor(level + 0.5) + half] = ALL;
            return w;
        }
        NormalDistribution normal = new NormalDistribution(level, sigma);
        long sum = 0;
        int mode = half;
        for (int i = 0; i < w.length; i++) {
            double k = i - half;
            w[i] = Math.round(ALL * normal.probability(k - 0.5, k + 0.5));
            sum += w[i];
            mode = w[i] > w[mode] ? i : mode;
        }
        w[mode] += ALL - sum;
        return w;
    }

    /** Distributes the weights over columns of equal capacity, at most two outcomes in each. */
    private void alias(long[] w, int offset) {
        long capacity = ALL >> bits;
        ArrayDeque<Integer> small = new ArrayDeque<>();
        ArrayDeque<Integer> large = new ArrayDeque<>();
        for (int i = 0; i < w.length; i++) {
            (w[i] < capacity ? small : large).add(i);
        }
        while (!small.isEmpty()) {
            int s = small.remove();
            int l = large.element();
            table[offset + s] = (int) (w[s] << bits) | l;
            w[l] -= capacity - w[s];
            if (w[l] < capacity) {
                small.add(large.remove());
            }
        }
        for (int l : large) {
            table[offset + l] = l;
        }
    }
}
