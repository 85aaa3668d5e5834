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
        for (int i = 0, at = 0; i < time.length; i++) {
            long address = (ccd[i] * 2L + segment[i] << 32) ^ (long) rawX[i] << 16 ^ actY[i];
            long event = mix(mix(Double.doubleToLongBits(time[i]) ^ key) + address);
            for (int k = 1; k <= 9; k++, at++) {
                pulses[at] += (mix(event + k * GOLDEN) >>> 11) * UNIT;
            }
        }
    }

    private static long mix(long v) {
        long z = (v ^ v >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
