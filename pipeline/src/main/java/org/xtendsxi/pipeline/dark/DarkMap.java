// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.util.BitSet;
import org.xtendsxi.pipeline.kernel.DarkLevel;

/**
 * Dark of one segment. Pixel numbers are RAWY*width + RAWX; the sets are not to be changed.
 *
 * @param level level above the bias, adu
 * @param noise rms of the frames used about their mean, adu; element per pixel
 * @param stuck pixels at a rail of the ADC in every frame
 * @param hot pixels whose level is above the limit
 * @param frames frames it was made from
 * @param method estimator: trimmed, median or none
 */
public record DarkMap(DarkLevel level, double[] noise, BitSet stuck, BitSet hot, int frames, String method) {
    /** A map that subtracts nothing. */
    public static DarkMap none(int pixels) {
        return new DarkMap(DarkLevel.zero(pixels), new double[pixels], new BitSet(), new BitSet(), 0, "none");
    }

    static DarkMap of(double[] level, double[] noise, BitSet stuck, double hotLimit, int frames, String method) {
        BitSet hot = new BitSet();
        for (int i = 0; i < level.length; i++) {
            if (level[i] > hotLimit) {
                hot.set(i);
            }
        }
        return new DarkMap(DarkLevel.of(level), noise, stuck, hot, frames, method);
    }

    /** Mean of all levels, adu. */
    public double mean() {
        double sum = 0;
        for (int i = 0; i < level.pixels(); i++) {
            sum += level.at(i);
        }
        return sum / level.pixels();
    }
}
