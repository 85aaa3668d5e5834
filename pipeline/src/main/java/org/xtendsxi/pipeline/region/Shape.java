// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.region;

/**
 * The shapes of region files in pixels. Their edges belong to them, as in the region filter of CFITSIO; of a polygon the
 * left and lower edges do.
 */
public sealed interface Shape extends Region {
    /** Word of region tables (FITS registered convention REGION). */
    String word();

    /** Points x0, y0, x1, y1, ...: the centre, or the corners. */
    double[] points();

    /** Radii, half axes or sides; none for a polygon. */
    double[] sizes();

    /** Turn of the first axis from +x to +y, deg. */
    default double angle() {
        return 0;
    }

    /**
     * All points at most r from the centre.
     *
     * @param x centre
     * @param y centre
     * @param r radius
     */
    record Circle(double x, double y, double r) implements Shape {
        @Override
        public boolean contains(double u, double v) {
            return square(u - x) + square(v - y) <= r * r;
        }

        @Override
        public String word() {
            return "CIRCLE";
        }

        @Override
        public double[] points() {
            return new double[] {x, y};
        }

        @Override
        public double[] sizes() {
            return new double[] {r};
        }
    }

    /**
     * All points from inner to outer of the centre.
     *
     * @param x centre
     * @param y centre
     * @param inner inner radius
     * @param outer outer radius
     */
    record Annulus(double x, double y, double inner, double outer) implements Shape {
        @Override
        public boolean contains(double u, double v) {
            double d = square(u - x) + square(v - y);
            return d >= inner * inner && d <= outer * outer;
        }

        @Override
        public String word() {
            return "ANNULUS";
        }

        @Override
        public double[] points() {
            return new double[] {x, y};
        }

        @Override
        public double[] sizes() {
            return new double[] {inner, outer};
        }
    }

    /** An ellipse or a box that is turned by an angle. */
    final class Turned implements Shape {
        private final boolean box;
        private final double x;
        private final double y;
        private final double a;
        private final double b;
        private final double angle;
        private final double cos;
        private final double sin;

        private Turned(boolean box, double[] centre, double a, double b, double angle) {
            this.box = box;
            this.x = centre[0];
            this.y = centre[1];
            this.a = a;
            this.b = b;
            this.angle = angle;
            // exact for quarter turns, so that edges on pixel centres stay there
            this.cos = Math.abs(angle % 180) == 90 ? 0 : Math.cos(Math.toRadians(angle));
            this.sin = angle % 180 == 0 ? 0 : Math.sin(Math.toRadians(angle));
        }

        @Override
        public boolean contains(double u, double v) {
            double along = (u - x) * cos + (v - y) * sin;
            double across = (v - y) * cos - (u - x) * sin;
            return box ? Math.abs(along) <= a / 2 && Math.abs(across) <= b / 2
                    : square(along / a) + square(across / b) <= 1;
        }

        @Override
        public String word() {
            return box ? angle == 0 ? "BOX" : "ROTBOX" : "ELLIPSE";
        }

        @Override
        public double[] points() {
            return new double[] {x, y};
        }

        @Override
        public double[] sizes() {
            return new double[] {a, b};
        }

        @Override
        public double angle() {
            return angle;
        }
    }

    /**
     * A polygon; a point is inside when a ray from it crosses the edges an odd number of times.
     *
     * @param points corners x0, y0, x1, y1, ...
     */
    record Polygon(double... points) implements Shape {
        /** Copies the corners. */
        public Polygon {
            points = points.clone();
        }

        @Override
        public boolean contains(double u, double v) {
            double[] p = points;
            boolean inside = false;
            for (int i = 0, j = p.length - 2; i < p.length; j = i, i += 2) {
                if (p[i + 1] > v != p[j + 1] > v
                        && u < (p[j] - p[i]) * (v - p[i + 1]) / (p[j + 1] - p[i + 1]) + p[i]) {
                    inside = !inside;
                }
            }
            return inside;
        }

        @Override
        public String word() {
            return "POLYGON";
        }

        @Override
        public double[] sizes() {
            return new double[0];
        }
    }

    /** Half axes a and b; a is turned by an angle (deg) from +x to +y. */
    static Shape ellipse(double x, double y, double a, double b, double angle) {
        return new Turned(false, new double[] {x, y}, a, b, angle);
    }

    /** Full sides w and h; w is turned by an angle (deg) from +x to +y. */
    static Shape box(double x, double y, double w, double h, double angle) {
        return new Turned(true, new double[] {x, y}, w, h, angle);
    }

    private static double square(double v) {
        return v * v;
    }
}
