// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.energy;

import org.xtendsxi.pipeline.pulse.PulseBatch;

/**
 * Deviates by hashing (seed, TIME, CCD_ID, SEGMENT, RAWX, ACTY, pixel) with the finaliser of SplitMix64; 53 bits each.
 * ACTY stands for the row: in window modes TIME tells the packed windows apart.
 */
final class AddressRandom implements PulseRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;
    private static final int PIXELS = 9;
    private static final int BLOCK = 512;

    private final long key;

    AddressRandom(int seed) {
        this.key = mix(seed * GOLDEN + GOLDEN);
    }

    @Override
    public void add(PulseBatch events, double[] pulses) {
        double[] time = events.time();
        int[] ccd = events.ints("CCD_ID");
        int[] segment = events.ints("SEGMENT");
        int[] rawX = events.ints("RAWX");
        int[] actY = events.ints("ACTY");
        long[] hash = new long[time.length];
        for (int i = 0; i < hash.length; i++) {
            long address = (ccd[i] * 2L + segment[i] << 32) ^ (long) rawX[i] << 16 ^ actY[i];
            hash[i] = mix(mix(Double.doubleToLongBits(time[i]) ^ key) + address);
        }
        double[] deviate = new double[BLOCK];
        for (int from = 0; from < hash.length; from += BLOCK) {
            int n = Math.min(BLOCK, hash.length - from);
            for (int k = 0; k < PIXELS; k++) {
                deviates(hash, from, n, (k + 1) * GOLDEN, deviate);
                for (int i = 0, at = from * PIXELS + k; i < n; i++, at += PIXELS) {
                    pulses[at] += deviate[i];
                }
            }
        }
    }

    /** Deviates of one pixel of many events; a loop that the compiler turns into vector instructions. */
    private static void deviates(long[] hash, int from, int n, long pixel, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = (mix(hash[from + i] + pixel) >>> 11) * UNIT;
        }
    }

    private static long mix(long v) {
        long z = (v ^ v >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
