// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.goffset;

import java.util.List;
import java.util.Optional;
import org.xtendsxi.calib.common.LeastSquares;
import org.xtendsxi.calib.goffset.OffsetTally.Point;

/**
 * What is added to the grade offset in force: a polynomial of the pulse height.
 *
 * @param coefficients four, lowest power first, channels per power of a channel
 * @param errors their 1-sigma uncertainties, 0 for those held at 0
 * @param chi2 chi-squared
 * @param degrees degrees of freedom
 */
record OffsetFit(double[] coefficients, double[] errors, double chi2, int degrees) {
    private static final int TERMS = 4;
    /** Unit of pulse height inside the fit, channels. */
    private static final double UNIT = 1000;

    /**
     * Fits what the offset in force leaves.
     *
     * @param points lines
     * @param inForce offset in force at each of them, channels
     * @param degree degree of the polynomial, less than the number of points
     * @param systematic uncertainty of each point beside its error, channels
     */
    static Optional<OffsetFit> of(List<Point> points, double[] inForce, int degree, double systematic) {
        return LeastSquares.run(m -> {
            double[] r = new double[points.size()];
            for (int i = 0; i < r.length; i++) {
                Point p = points.get(i);
                double v = 0;
                for (int k = degree; k >= 0; k--) {
                    v = v * p.pha() / UNIT + m[k];
                }
                r[i] = (v - (p.offset() - inForce[i])) / Math.hypot(p.error(), systematic);
            }
            return r;
        }, degree + 1).map(s -> {
            double[] c = new double[TERMS];
            double[] e = new double[TERMS];
            for (int k = 0; k <= degree; k++) {
                c[k] = s.moves()[k] / Math.pow(UNIT, k);
                e[k] = s.errors()[k] / Math.pow(UNIT, k);
            }
            return new OffsetFit(c, e, s.chi2(), s.degrees());
        });
    }

    /** Value at a pulse height, channels. */
    double at(double pha) {
        return ((coefficients[3] * pha + coefficients[2]) * pha + coefficients[1]) * pha + coefficients[0];
    }
}
