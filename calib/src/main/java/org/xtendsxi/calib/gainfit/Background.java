// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

/** Form of the background below the line (energy-chain section 13.5). */
enum Background {
    /** No background. */
    NONE,
    /** A constant. */
    CONST,
    /** A straight line. */
    SLOPE;

    /**
     * Least squares of A f + B + C x to counts.
     *
     * @param x mesh
     * @param f line profile on the mesh
     * @param g counts
     */
    Linear fit(double[] x, double[] f, double[] g) {
        if (this == NONE) {
            return new Linear(Curve.dot(g, f) / Curve.dot(f, f), 0, 0);
        }
        int n = x.length;
        double meanF = Curve.sum(f) / n;
        double meanG = Curve.sum(g) / n;
        double middle = Curve.sum(x) / n;
        double ff = 0;
        double fg = 0;
        double fx = 0;
        double xx = 0;
        double xg = 0;
        for (int i = 0; i < n; i++) {
            double df = f[i] - meanF;
            double dg = g[i] - meanG;
            double dx = x[i] - middle;
            ff += df * df;
            fg += df * dg;
            fx += df * dx;
            xx += dx * dx;
            xg += dx * dg;
        }
        if (this == CONST) {
            double a = fg / ff;
            return new Linear(a, meanG - a * meanF, 0);
        }
        double det = ff * xx - fx * fx;
        double a = (fg * xx - xg * fx) / det;
        double c = (ff * xg - fx * fg) / det;
        return new Linear(a, meanG - a * meanF - c * middle, c);
    }

    /**
     * Linear parameters.
     *
     * @param a factor of the profile
     * @param b constant, counts
     * @param c slope, counts per channel
     */
    record Linear(double a, double b, double c) {
        /** The model on the mesh. */
        double[] on(double[] x, double[] f) {
            double[] p = new double[x.length];
            for (int i = 0; i < p.length; i++) {
                p[i] = a * f[i] + b + c * x[i];
            }
            return p;
        }
    }
}
