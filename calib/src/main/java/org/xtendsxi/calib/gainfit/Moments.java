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
        return between(x, f, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);
    }

    /**
     * Moments of counts inside a window about their mean; of all, if nothing lies there.
     *
     * @param x mesh
     * @param g counts
     * @param radius half width of the window
     * @param bySquares whether the variance is the mean square less the square of the mean, which loses digits: where
     *        the search for the width begins, and with that whether its last step is within the limit, hangs on them
     */
    static Moments near(double[] x, double[] g, double radius, boolean bySquares) {
        Moments all = between(x, g, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, bySquares);
        Moments m = between(x, g, all.mean - radius, all.mean + radius, bySquares);
        return Double.isNaN(m.mean) ? all : m;
    }

    private static Moments between(double[] x, double[] f, double low, double high, boolean bySquares) {
        double total = 0;
        double first = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            if (x[i] >= low && x[i] <= high) {
                total += f[i];
                first += x[i] * f[i];
                squares += x[i] * x[i] * f[i];
            }
        }
        double mean = first / total;
        if (bySquares) {
            return new Moments(mean, squares / total - mean * mean);
        }
        double second = 0;
        for (int i = 0; i < x.length; i++) {
            if (x[i] >= low && x[i] <= high) {
                second += (x[i] - mean) * (x[i] - mean) * f[i];
            }
        }
        return new Moments(mean, second / total);
    }
}
