// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.pulls;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A Gaussian cloud of charge about a place uniform in the centre pixel: singles, doubles, L and squares with all parts
 * that a threshold may cut.
 *
 * @param width standard deviation, pixels
 */
record Cloud(double width) implements Camera.Sharing {
    private static final double FARTHEST = 6;
    private static final int STEPS = 1000;
    private static final double[] BELOW = below();
    private static final int[] X = {1, 0, 1, 2, 0, 2, 0, 1, 2};
    private static final int[] Y = {1, 0, 0, 0, 1, 1, 2, 2, 2};

    private static double[] below() {
        NormalDistribution normal = new NormalDistribution();
        double[] v = new double[(int) (2 * FARTHEST * STEPS) + 2];
        Arrays.setAll(v, i -> normal.cumulativeProbability((double) i / STEPS - FARTHEST));
        return v;
    }

    /** Part of the cloud below a border. */
    private double below(double distance) {
        double at = (Math.clamp(distance / width, -FARTHEST, FARTHEST) + FARTHEST) * STEPS;
        int i = (int) at;
        return BELOW[i] + (at - i) * (BELOW[i + 1] - BELOW[i]);
    }

    private double[] parts(double at) {
        double low = below(-at);
        double high = below(1 - at);
        return new double[] {low, high - low, 1 - high};
    }

    @Override
    public void share(double pulse, RandomGenerator random, double[] out) {
        double[] x = parts(random.nextDouble());
        double[] y = parts(random.nextDouble());
        for (int k = 0; k < out.length; k++) {
            out[k] = pulse * x[X[k]] * y[Y[k]];
        }
    }
}
