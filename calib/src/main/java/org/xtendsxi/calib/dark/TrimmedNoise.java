// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.dark;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What trimming does to the noise of a pixel whose values scatter normally: the rms of the values kept is too small,
 * and the trimmed mean scatters a little more than the mean (Huber and Ronchetti 2009, Robust Statistics, section 3.3).
 *
 * @param rms rms of the values kept over the true rms
 * @param mean error of the trimmed mean over rms/sqrt(frames)
 */
record TrimmedNoise(double rms, double mean) {
    private static final double FARTHEST = 5;
    private static final double STEP = 0.025;
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
        // the outermost values dropped given, those kept are independent and normal, cut between these two
        int kept = frames - 2 * dropped;
        int n = (int) (2 * FARTHEST / STEP) + 1;
        double[] below = new double[n];
        double[] density = new double[n];
        for (int i = 0; i < n; i++) {
            below[i] = NORMAL.cumulativeProbability(i * STEP - FARTHEST);
            density[i] = NORMAL.density(i * STEP - FARTHEST);
        }
        double weights = 0;
        double variance = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double inside = below[j] - below[i];
                double weight = Math.exp((dropped - 1) * Math.log(below[i] * (1 - below[j]))
                        + kept * Math.log(inside)) * density[i] * density[j];
                double mean = (density[i] - density[j]) / inside;
                double a = i * STEP - FARTHEST;
                double b = j * STEP - FARTHEST;
                weights += weight;
                variance += weight * (1 + (a * density[i] - b * density[j]) / inside - mean * mean);
                squares += weight * mean * mean;
            }
        }
        double within = variance / weights;
        return new TrimmedNoise(Math.sqrt(within * (kept - 1) / kept),
                Math.sqrt(frames * (within / kept + squares / weights)));
    }
}
