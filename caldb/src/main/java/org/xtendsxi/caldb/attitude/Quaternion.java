// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.attitude;

/**
 * A rotation as a quaternion with the scalar last (events-coords-screening section 7.5). The rotation matrix holds the
 * direction cosines: its rows are the rotated axes in the reference system.
 *
 * @param p0 vector part, x
 * @param p1 vector part, y
 * @param p2 vector part, z
 * @param p3 scalar part
 */
public record Quaternion(double p0, double p1, double p2, double p3) {
    /** No rotation. */
    public static final Quaternion IDENTITY = new Quaternion(0, 0, 0, 1);
    /** No attitude known: every result that depends on it is NaN. */
    public static final Quaternion NONE = new Quaternion(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Unit quaternion of the same rotation with a scalar that is not negative; NONE if all components vanish. */
    public static Quaternion normal(double p0, double p1, double p2, double p3) {
        double norm = Math.sqrt(p0 * p0 + p1 * p1 + p2 * p2 + p3 * p3);
        if (!(norm > 0)) {
            return NONE;
        }
        double s = p3 < 0 ? -1 / norm : 1 / norm;
        return new Quaternion(s * p0, s * p1, s * p2, s * p3);
    }

    /**
     * Quaternion of a rotation matrix.
     *
     * @param m direction cosines, row by row
     */
    public static Quaternion ofMatrix(double[][] m) {
        double[] s = {1 + m[0][0] - m[1][1] - m[2][2], 1 - m[0][0] + m[1][1] - m[2][2],
            1 - m[0][0] - m[1][1] + m[2][2], 1 + m[0][0] + m[1][1] + m[2][2]};
        int k = 0;
        for (int i = 1; i < s.length; i++) {
            k = s[i] > s[k] ? i : k;
        }
        double p = Math.sqrt(s[k]) / 2;
        double r = 1 / (4 * p);
        double a = r * (m[0][1] + m[1][0]);
        double b = r * (m[2][0] + m[0][2]);
        double c = r * (m[1][2] + m[2][1]);
        double d = r * (m[1][2] - m[2][1]);
        double e = r * (m[2][0] - m[0][2]);
        double f = r * (m[0][1] - m[1][0]);
        return switch (k) {
            case 0 -> normal(p, a, b, d);
            case 1 -> normal(a, p, c, e);
            case 2 -> normal(b, c, p, f);
            default -> normal(d, e, f, p);
        };
    }

    /**
     * Quaternion of Z-Y-Z Euler angles.
     *
     * @param phi first angle, deg
     * @param theta second angle, deg
     * @param psi third angle, deg
     */
    public static Quaternion ofEuler(double phi, double theta, double psi) {
        double cf = Math.cos(Math.toRadians(phi));
        double sf = Math.sin(Math.toRadians(phi));
        double ct = Math.cos(Math.toRadians(theta));
        double st = Math.sin(Math.toRadians(theta));
        double cp = Math.cos(Math.toRadians(psi));
        double sp = Math.sin(Math.toRadians(psi));
        return ofMatrix(new double[][] {{cp * ct * cf - sp * sf, cp * ct * sf + sp * cf, -cp * st},
            {-sp * ct * cf - cp * sf, -sp * ct * sf + cp * cf, sp * st}, {st * cf, st * sf, ct}});
    }

    /** Whether an attitude is known. */
    public boolean known() {
        return !Double.isNaN(p3);
    }

    /** This rotation followed by another. */
    public Quaternion then(Quaternion b) {
        return new Quaternion(b.p3 * p0 + b.p2 * p1 - b.p1 * p2 + b.p0 * p3,
                -b.p2 * p0 + b.p3 * p1 + b.p0 * p2 + b.p1 * p3, b.p1 * p0 - b.p0 * p1 + b.p3 * p2 + b.p2 * p3,
                -b.p0 * p0 - b.p1 * p1 - b.p2 * p2 + b.p3 * p3);
    }

    /** The opposite rotation. */
    public Quaternion inverse() {
        return new Quaternion(-p0, -p1, -p2, p3);
    }

    /** Direction cosines, row by row. */
    public double[][] matrix() {
        return new double[][] {
            {p0 * p0 - p1 * p1 - p2 * p2 + p3 * p3, 2 * (p0 * p1 + p2 * p3), 2 * (p0 * p2 - p1 * p3)},
            {2 * (p0 * p1 - p2 * p3), -p0 * p0 + p1 * p1 - p2 * p2 + p3 * p3, 2 * (p1 * p2 + p0 * p3)},
            {2 * (p0 * p2 + p1 * p3), 2 * (p1 * p2 - p0 * p3), -p0 * p0 - p1 * p1 + p2 * p2 + p3 * p3}};
    }
}
