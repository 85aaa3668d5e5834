// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.awt.Color;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.pipeline.plot.Canvas;
import org.xtendsxi.pipeline.plot.Overlay;
import org.xtendsxi.pipeline.region.Region;
import org.xtendsxi.pipeline.region.Shape;
import org.xtendsxi.pipeline.region.SignedShape;

/** Outlines of a region over an image; what is cut out is dashed. */
final class RegionOutline {
    private static final int STEPS = 72;

    private RegionOutline() {
    }

    /**
     * The outlines.
     *
     * @param region the region
     * @param map from its plane to that of the image
     * @param colour colour
     * @param name entry of the legend
     */
    static Overlay of(Region region, Affine map, Color colour, String name) {
        return c -> {
            for (SignedShape s : region.shapes()) {
                outline(c, s, map, colour);
            }
            if (!region.shapes().isEmpty()) {
                c.legend(name, colour);
            }
        };
    }

    private static void outline(Canvas c, SignedShape s, Affine map, Color colour) {
        double[] p = s.shape().points();
        double[] r = s.shape().sizes();
        switch (s.shape()) {
            case Shape.Polygon q -> closed(c, p, s.include(), map, colour);
            case Shape.Circle q -> closed(c, curve(p, r[0], r[0], 0), s.include(), map, colour);
            case Shape.Annulus q -> {
                closed(c, curve(p, r[0], r[0], 0), s.include(), map, colour);
                closed(c, curve(p, r[1], r[1], 0), s.include(), map, colour);
            }
            case Shape.Turned t -> closed(c, t.word().equals("ELLIPSE") ? curve(p, r[0], r[1], t.angle())
                    : corners(p, r[0] / 2, r[1] / 2, t.angle()), s.include(), map, colour);
        }
    }

    private static double[] curve(double[] centre, double a, double b, double angle) {
        double[] p = new double[2 * STEPS];
        for (int i = 0; i < STEPS; i++) {
            double t = 2 * Math.PI * i / STEPS;
            put(p, i, centre, a * Math.cos(t), b * Math.sin(t), angle);
        }
        return p;
    }

    private static double[] corners(double[] centre, double a, double b, double angle) {
        double[] p = new double[8];
        put(p, 0, centre, -a, -b, angle);
        put(p, 1, centre, a, -b, angle);
        put(p, 2, centre, a, b, angle);
        put(p, 3, centre, -a, b, angle);
        return p;
    }

    private static void put(double[] p, int at, double[] centre, double u, double v, double angle) {
        double c = Math.cos(Math.toRadians(angle));
        double s = Math.sin(Math.toRadians(angle));
        p[2 * at] = centre[0] + u * c - v * s;
        p[2 * at + 1] = centre[1] + u * s + v * c;
    }

    private static void closed(Canvas c, double[] p, boolean solid, Affine m, Color colour) {
        for (int i = 0, j = p.length - 2; i < p.length; j = i, i += 2) {
            if (solid || i % 4 == 0) {
                c.line(m.x(p[j], p[j + 1]), m.y(p[j], p[j + 1]), m.x(p[i], p[i + 1]), m.y(p[i], p[i + 1]), colour, 1.6);
            }
        }
    }
}
