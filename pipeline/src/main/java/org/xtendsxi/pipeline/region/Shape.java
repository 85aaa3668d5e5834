// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.region;

/**
 * The shapes of region files in pixels. Their edges belong to them, as in the region filter of CFITSIO; of a polygon the
 * left and lower edges do.
 */
final class Shape {
    private Shape() {
    }

    /** All points at most r from the centre. */
    static Region circle(double cx, double cy, double r) {
        return (x, y) -> square(x - cx) + square(y - cy) <= r * r;
    }

    /** All points from inner to outer of the centre. */
    static Region annulus(double cx, double cy, double inner, double outer) {
        return (x, y) -> {
            double d = square(x - cx) + square(y - cy);
            return d >= inner * inner && d <= outer * outer;
        };
    }

    /** Half axes a and b; a is turned by an angle (deg) from +x to +y. */
    static Region ellipse(double cx, double cy, double a, double b, double angle) {
        double c = cos(angle);
        double s = sin(angle);
        return (x, y) -> square(((x - cx) * c + (y - cy) * s) / a) + square(((y - cy) * c - (x - cx) * s) / b) <= 1;
    }

    /** Full sides w and h; w is turned by an angle (deg) from +x to +y. */
    static Region box(double cx, double cy, double w, double h, double angle) {
        double c = cos(angle);
        double s = sin(angle);
        return (x, y) -> Math.abs((x - cx) * c + (y - cy) * s) <= w / 2 && Math.abs((y - cy) * c - (x - cx) * s) <= h / 2;
    }

    /** Corners x0, y0, x1, y1, ...; a point is inside when a ray from it crosses the edges an odd number of times. */
    static Region polygon(double[] corners) {
        double[] p = corners.clone();
        return (x, y) -> {
            boolean inside = false;
            for (int i = 0, j = p.length - 2; i < p.length; j = i, i += 2) {
                if (p[i + 1] > y != p[j + 1] > y
                        && x < (p[j] - p[i]) * (y - p[i + 1]) / (p[j + 1] - p[i + 1]) + p[i]) {
                    inside = !inside;
                }
            }
            return inside;
        };
    }

    /** Exact for quarter turns, so that edges on pixel centres stay there. */
    private static double cos(double degrees) {
        return degrees % 180 == 90 || degrees % 180 == -90 ? 0 : Math.cos(Math.toRadians(degrees));
    }

    private static double sin(double degrees) {
        return degrees % 180 == 0 ? 0 : Math.sin(Math.toRadians(degrees));
    }

    private static double square(double v) {
        return v * v;
    }
}
