// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.badpix;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.apache.commons.math3.special.Gamma;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.pixel.CcdPixel;

/**
 * Events per pixel of the camera. A pixel is bright if Poisson chance does not give so many events where the pixels
 * around have theirs; a stretch of a column is dead if it has none where those beside it would give many.
 */
final class EventMap {
    /** Rows of the stretches in which dead columns are looked for. */
    static final int STRETCH = 64;
    private static final int HALF = 8;
    private static final int SIZE = Sxi.ACT_SIZE;

    private final int[] counts = new int[CcdPixel.ALL];

    /** Takes an event; x and y from 1. */
    void add(int ccd, int actX, int actY) {
        if (CcdPixel.on(actX - 1, actY - 1)) {
            counts[CcdPixel.index(ccd, actX - 1, actY - 1)]++;
        }
    }

    /** Events of all pixels. */
    long total() {
        return Arrays.stream(counts).asLongStream().sum();
    }

    /** Events of a pixel, numbered as in {@link CcdPixel}. */
    int count(int pixel) {
        return counts[pixel];
    }

    /**
     * Bright pixels of a CCD.
     *
     * @param ccd CCD_ID
     * @param logChance log10 of the chance below which a pixel is bright
     * @return pixels as in {@link CcdPixel#index(int, int)}
     */
    BitSet bright(int ccd, double logChance) {
        BitSet out = new BitSet();
        double limit = Math.pow(10, logChance);
        for (int x = 0; x < SIZE; x++) {
            for (int y = 0; y < SIZE; y++) {
                int n = counts[CcdPixel.index(ccd, x, y)];
                if (n > 2 && Gamma.regularizedGammaP(n, Math.max(around(ccd, x, y), 1e-3)) < limit) {
                    out.set(CcdPixel.index(x, y));
                }
            }
        }
        return out;
    }

    /** Mean of the pixels around; the fullest two of them do not count, they may be bad as well. */
    private double around(int ccd, int x, int y) {
        long sum = 0;
        int most = 0;
        int next = 0;
        int pixels = -2;
        for (int i = Math.max(0, x - HALF); i <= Math.min(SIZE - 1, x + HALF); i++) {
            for (int j = Math.max(0, y - HALF); j <= Math.min(SIZE - 1, y + HALF); j++) {
                if (i != x || j != y) {
                    int n = counts[CcdPixel.index(ccd, i, j)];
                    sum += n;
                    pixels++;
                    next = Math.max(next, Math.min(most, n));
                    most = Math.max(most, n);
                }
            }
        }
        return (double) (sum - most - next) / pixels;
    }

    /**
     * Dead stretches of the columns of a CCD.
     *
     * @param ccd CCD_ID
     * @param logChance log10 of the chance of no event below which a stretch is dead
     * @param usable rows, from 0, in which events can fall
     * @return for each column, from 0, the stretches as bits
     */
    BitSet[] dead(int ccd, double logChance, IntPredicate usable) {
        int stretches = (SIZE + STRETCH - 1) / STRETCH;
        long[][] sums = new long[SIZE][stretches];
        for (int x = 0; x < SIZE; x++) {
            for (int y = 0; y < SIZE; y++) {
                sums[x][y / STRETCH] += usable.test(y) ? counts[CcdPixel.index(ccd, x, y)] : 0;
            }
        }
        BitSet[] out = new BitSet[SIZE];
        for (int x = 1; x < SIZE - 1; x++) {
            out[x] = new BitSet();
            for (int k = 0; k < stretches; k++) {
                if (sums[x][k] == 0 && -median(sums, x, k) * Math.log10(Math.E) < logChance) {
                    out[x].set(k);
                }
            }
        }
        out[0] = new BitSet();
        out[SIZE - 1] = new BitSet();
        return out;
    }

    private static double median(long[][] sums, int x, int stretch) {
        int from = Math.max(0, x - HALF);
        long[] beside = new long[Math.min(SIZE - 1, x + HALF) - from];
        for (int i = 0, at = from; i < beside.length; at++) {
            if (at != x) {
                beside[i++] = sums[at][stretch];
            }
        }
        Arrays.sort(beside);
        return beside[beside.length / 2];
    }
}
