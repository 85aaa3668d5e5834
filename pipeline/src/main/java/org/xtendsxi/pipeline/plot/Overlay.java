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
            for (double p = 0; p <= Math.max(c.pixelsX(), c.pixelsY()); p += 500) {
                if (p <= c.pixelsX()) {
                    c.line(p, 0, p, 10, FAINT, 1.2);
                    c.labelX(p, String.format("%.0f", p));
                }
                if (p <= c.pixelsY()) {
                    c.line(0, p, 10, p, FAINT, 1.2);
                    c.labelY(p, String.format("%.0f", p));
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
            int most = (int) (Math.max(c.pixelsX(), c.pixelsY()) * arcmin / 20);
            for (int k = -most; k <= most; k++) {
                String label = k == 0 ? "0" : String.format("%+d′", 10 * k);
                double u = (c.pixelsX() + 1) / 2 - 10 * k / arcmin;
                double v = (c.pixelsY() + 1) / 2 + 10 * k / arcmin;
                c.line(u, 0, u, c.pixelsY() + 1, FAINT, 1);
                c.line(0, v, c.pixelsX() + 1, v, FAINT, 1);
                c.labelX(u, label);
                c.labelY(v, label);
            }
            c.names("offset to the east from RA_NOM (arcmin)", "offset to the north from DEC_NOM (arcmin)");
        };
    }
}
