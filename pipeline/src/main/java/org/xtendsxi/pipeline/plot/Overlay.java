// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.plot;

import java.awt.Color;

/** Something drawn over an image: axes, a grid, marks. */
@FunctionalInterface
public interface Overlay {
    /** White that lets the image through. */
    Color FAINT = new Color(255, 255, 255, 70);

    /** Draws. */
    void paint(Canvas canvas);

    /** Ticks every 500 pixels with the values of the columns. */
    static Overlay pixels(String x, String y) {
        return c -> {
            double tick = (c.maxX() - c.minX()) / 80;
            for (int p = 0; p <= Math.max(c.maxX(), c.maxY()); p += 500) {
                if (p >= c.minX() && p <= c.maxX()) {
                    c.line(p, c.minY(), p, c.minY() + tick, FAINT, 1.2);
                    c.labelX(p, Integer.toString(p));
                }
                if (p >= c.minY() && p <= c.maxY()) {
                    c.line(c.minX(), p, c.minX() + tick, p, FAINT, 1.2);
                    c.labelY(p, Integer.toString(p));
                }
            }
            c.names(x + " (pixel)", y + " (pixel)");
        };
    }

    /**
     * Lines every 10 arcmin from the centre, east to the left.
     *
     * @param arcmin scale of a pixel, arcmin
     */
    static Overlay offsets(double arcmin) {
        return c -> {
            int most = (int) (Math.max(c.maxX() - c.minX(), c.maxY() - c.minY()) * arcmin / 20);
            for (int k = -most; k <= most; k++) {
                String label = k == 0 ? "0" : String.format("%+d′", 10 * k);
                double u = (c.minX() + c.maxX()) / 2 - 10 * k / arcmin;
                double v = (c.minY() + c.maxY()) / 2 + 10 * k / arcmin;
                c.line(u, c.minY(), u, c.maxY(), FAINT, 1);
                c.line(c.minX(), v, c.maxX(), v, FAINT, 1);
                c.labelX(u, label);
                c.labelY(v, label);
            }
            c.names("offset to the east from RA_NOM (arcmin)", "offset to the north from DEC_NOM (arcmin)");
        };
    }
}
