// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.dark;

import java.util.Arrays;
import java.util.BitSet;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.dark.DarkMap;

/**
 * Dark of a segment as it goes into the file. Pixel numbers are RAWY*320 + RAWX.
 *
 * @param level dark level, adu; NaN for a pixel at a rail of the ADC in every frame
 * @param noise rms from frame to frame, adu
 * @param frames frames used
 * @param meanFactor error of a level over noise/sqrt(frames)
 * @param hot pixels above the limit outside charge-injection rows
 * @param injected RAWY of charge-injection rows
 */
record DarkResult(double[] level, double[] noise, int frames, double meanFactor, BitSet hot, BitSet injected) {
    /**
     * Result of a map.
     *
     * @param map what the frames gave
     * @param dropped frames dropped at each end
     * @param limit level above which a pixel is hot, adu
     * @param injected RAWY of charge-injection rows
     */
    static DarkResult of(DarkMap map, int dropped, double limit, BitSet injected) {
        TrimmedNoise factors = TrimmedNoise.of(map.frames(), dropped);
        int n = map.level().pixels();
        double[] level = new double[n];
        double[] noise = new double[n];
        BitSet hot = new BitSet();
        for (int i = 0; i < n; i++) {
            level[i] = map.stuck().get(i) ? Double.NaN : map.level().at(i);
            noise[i] = map.noise()[i] / factors.rms();
            if (level[i] > limit && !injected.get(i / Sxi.RAW_COLUMNS)) {
                hot.set(i);
            }
        }
        return new DarkResult(level, noise, map.frames(), factors.mean(), hot, injected);
    }

    /** Mean level without charge-injection rows, hot pixels and those at a rail, adu. */
    double meanLevel() {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < level.length; i++) {
            if (!Double.isNaN(level[i]) && !hot.get(i) && !injected.get(i / Sxi.RAW_COLUMNS)) {
                sum += level[i];
                n++;
            }
        }
        return sum / n;
    }

    /** Median noise, adu. */
    double medianNoise() {
        double[] sorted = noise.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** 1-sigma error of the level of a pixel, adu. */
    double error(int pixel) {
        return noise[pixel] / Math.sqrt(frames) * meanFactor;
    }
}
