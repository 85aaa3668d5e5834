// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.dark;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * What trimming does to the noise of a pixel whose values scatter normally: the rms of the values kept is too small,
 * and the trimmed mean scatters a little more than the mean (Huber and Ronchetti 2009, Robust Statistics, section 3.3).
 *
 * @param rms rms of the values kept over the true rms
 * @param mean error of the trimmed mean over rms/sqrt(frames)
 */
record TrimmedNoise(double rms, double mean) {
    private static final double FARTHEST = 6;
    private static final double STEP = 0.02;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    /**
     * Factors of a trimmed mean.
     *
     * @param frames number of frames
     * @param dropped frames dropped at each end
     */
    static TrimmedNoise of(int frames, int dropped) {
        if (dropped == 0) {
            return new TrimmedNoise(Math.sqrt((frames - 1.0) / frames), 1);
        }
        double part = (double) dropped / frames;
        double cut = NORMAL.inverseCumulativeProbability(1 - part);
        double inside = 1 - 2 * part;
        double second = inside - 2 * cut * NORMAL.density(cut);
        double mean = Math.sqrt(second + 2 * part * cut * cut) / inside;
        double squares = 0;
        for (int i = dropped + 1; i <= frames - dropped; i++) {
            squares += square(i, frames) / (frames - 2 * dropped);
        }
        // the values kept scatter about their own mean
        return new TrimmedNoise(Math.sqrt(squares - mean * mean / frames), mean);
    }

    /** Mean square of the i-th smallest of n normal values of unit width. */
    private static double square(int i, int n) {
        double scale = Gamma.logGamma(n + 1) - Gamma.logGamma(i) - Gamma.logGamma(n - i + 1.0);
        double sum = 0;
        for (double x = -FARTHEST; x < FARTHEST; x += STEP) {
            double below = NORMAL.cumulativeProbability(x);
            sum += x * x * NORMAL.density(x) * Math.exp(scale + (i - 1) * Math.log(below)
                    + (n - i) * Math.log1p(-below));
        }
        return sum * STEP;
    }
}
