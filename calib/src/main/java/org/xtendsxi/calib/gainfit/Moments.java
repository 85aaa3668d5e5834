// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

/**
 * Mean and variance of a tabulated distribution (energy-chain sections 13.3 and 13.5).
 *
 * @param mean mean position, channels
 * @param variance variance, channels squared
 */
record Moments(double mean, double variance) {

    /** Moments of the values on the whole mesh. */
    static Moments of(double[] x, double[] f) {
        return between(x, f, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** Moments inside mean +- radius; this, if nothing lies there. */
    Moments within(double[] x, double[] f, double radius) {
        Moments m = between(x, f, mean - radius, mean + radius);
        return Double.isNaN(m.mean) ? this : m;
    }

    private static Moments between(double[] x, double[] f, double low, double high) {
        double total = 0;
        double first = 0;
        for (int i = 0; i < x.length; i++) {
            if (x[i] >= low && x[i] <= high) {
                total += f[i];
                first += x[i] * f[i];
            }
        }
        double mean = first / total;
        double second = 0;
        for (int i = 0; i < x.length; i++) {
            if (x[i] >= low && x[i] <= high) {
                second += (x[i] - mean) * (x[i] - mean) * f[i];
            }
        }
        return new Moments(mean, second / total);
    }
}
