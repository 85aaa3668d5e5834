// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

/** Functions tabulated on an even mesh (energy-chain sections 13.3 and 13.5). No argument is changed. */
final class Curve {
    private Curve() {
    }

    /** Standard deviation of a Gaussian of unit full width at half maximum. */
    static final double SIGMA_PER_FWHM = 0.5 / Math.sqrt(2 * Math.log(2));

    /**
     * Convolution with a Gaussian; weights are normalised at each point, the first and the last mesh point count half.
     *
     * @param f values, at least two
     * @param dx step of the mesh
     * @param sigma standard deviation of the Gaussian, 0 for a copy
     */
    static double[] convolve(double[] f, double dx, double sigma) {
        if (sigma == 0) {
            return f.clone();
        }
        double[] weight = gauss(f.length, dx, sigma);
        double[] out = new double[f.length];
        for (int i = 0; i < f.length; i++) {
            double sum = 0;
            double norm = 0;
            for (int j = 0; j < f.length; j++) {
                double e = weight[Math.abs(i - j)] * end(j, f.length);
                sum += f[j] * e;
                norm += e;
            }
            out[i] = sum / norm;
        }
        return out;
    }

    /**
     * Derivative of {@link #convolve} with respect to the standard deviation, without its normalisation at the ends.
     */
    static double[] convolveDerivative(double[] f, double dx, double sigma) {
        double[] weight = gauss(f.length, dx, sigma);
        double[] out = new double[f.length];
        double factor = dx / (sigma * sigma) / Math.sqrt(2 * Math.PI);
        for (int i = 0; i < f.length; i++) {
            double sum = 0;
            for (int j = 0; j < f.length; j++) {
                double u = (i - j) * dx / sigma;
                sum += f[j] * (u * u - 1) * weight[Math.abs(i - j)] * end(j, f.length);
            }
            out[i] = factor * sum;
        }
        return out;
    }

    private static double end(int j, int n) {
        return j == 0 || j == n - 1 ? 0.5 : 1;
    }

    private static double[] gauss(int n, double dx, double sigma) {
        double[] e = new double[n];
        for (int j = 0; j < n; j++) {
            double u = j * dx / sigma;
            e[j] = Math.exp(-0.5 * u * u);
        }
        return e;
    }

    /** First derivative: central differences, one-sided of second order at the ends; at least three values. */
    static double[] derivative(double[] f, double dx) {
        int n = f.length;
        double[] d = new double[n];
        for (int i = 1; i < n - 1; i++) {
            d[i] = (f[i + 1] - f[i - 1]) / (2 * dx);
        }
        d[0] = (-3 * f[0] + 4 * f[1] - f[2]) / (2 * dx);
        d[n - 1] = (3 * f[n - 1] - 4 * f[n - 2] + f[n - 3]) / (2 * dx);
        return d;
    }

    /**
     * The curve moved to higher positions: element i is f(x_i - shift), linear between mesh points, constant beyond the
     * ends.
     */
    static double[] shifted(double[] f, double dx, double shift) {
        int n = f.length;
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            double u = i - shift / dx;
            if (!(u > 0)) {
                out[i] = f[0];
            } else if (u >= n - 1) {
                out[i] = f[n - 1];
            } else {
                int k = (int) u;
                out[i] = f[k] + (f[k + 1] - f[k]) * (u - k);
            }
        }
        return out;
    }

    /** Sum of products. */
    static double dot(double[] a, double[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) {
            s += a[i] * b[i];
        }
        return s;
    }

    /** Sum of values. */
    static double sum(double[] a) {
        double s = 0;
        for (double v : a) {
            s += v;
        }
        return s;
    }

    /** Coefficient of determination of a fit to counts. */
    static double r2(double[] counts, double[] fit) {
        double mean = sum(counts) / counts.length;
        double residual = 0;
        double total = 0;
        for (int i = 0; i < counts.length; i++) {
            residual += (counts[i] - fit[i]) * (counts[i] - fit[i]);
            total += (counts[i] - mean) * (counts[i] - mean);
        }
        return 1 - residual / total;
    }

    /** Sum of (g - fit)^2 / g over the non-empty of the first {@code bins} bins. */
    static double chi2(double[] counts, double[] fit, int bins) {
        double s = 0;
        for (int i = 0; i < bins; i++) {
            if (counts[i] > 0) {
                s += (counts[i] - fit[i]) * (counts[i] - fit[i]) / counts[i];
            }
        }
        return s;
    }
}
