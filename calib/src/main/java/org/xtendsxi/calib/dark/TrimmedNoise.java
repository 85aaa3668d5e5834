// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.dark;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What trimming does to the noise of a pixel whose values scatter normally: the rms of the values kept is too small, and
 * the trimmed mean scatters a little more than the mean (Huber and Ronchetti 2009, Robust Statistics, section 3.3).
 *
 * @param rms rms of the values kept over the true rms
 * @param mean error of the trimmed mean over rms/sqrt(frames)
 */
record TrimmedNoise(double rms, double mean) {
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
        // the mean is taken from the same values that scatter about it
        double kept = second / inside - 1.0 / frames;
        return new TrimmedNoise(Math.sqrt(kept), Math.sqrt(second + 2 * part * cut * cut) / inside);
    }
}
