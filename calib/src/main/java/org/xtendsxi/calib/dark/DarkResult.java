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
    /** Times the median noise, above which a pixel is no measure of the others. */
    private static final double NOISY = 3;

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
            if (normal(i)) {
                sum += level[i];
                n++;
            }
        }
        return sum / n;
    }

    /**
     * Noise of a segment.
     *
     * @param rms adu
     * @param error 1-sigma error, adu
     */
    record Noise(double rms, double error) {
    }

    /**
     * Noise of the normal pixels: the root of their mean square, for the square is what a few frames estimate without
     * bias (the median of the roots is 2 % low for 18 frames). Hot and stuck pixels, charge-injection rows and pixels
     * far noisier than most are left out.
     */
    Noise segmentNoise() {
        double limit = NOISY * median();
        double n = 0;
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < noise.length; i++) {
            if (normal(i) && noise[i] <= limit) {
                double d = noise[i] * noise[i] - mean;
                n++;
                mean += d / n;
                squares += d * (noise[i] * noise[i] - mean);
            }
        }
        double rms = Math.sqrt(mean);
        return new Noise(rms, Math.sqrt(squares / n / n) / (2 * rms));
    }

    private double median() {
        double[] sorted = noise.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private boolean normal(int pixel) {
        return !Double.isNaN(level[pixel]) && !hot.get(pixel) && !injected.get(pixel / Sxi.RAW_COLUMNS);
    }

    /** 1-sigma error of the level of a pixel, adu. */
    double error(int pixel) {
        return noise[pixel] / Math.sqrt(frames) * meanFactor;
    }
}
