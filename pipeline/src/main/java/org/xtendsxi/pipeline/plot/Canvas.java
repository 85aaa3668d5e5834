// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;

/** The page of an image while it is drawn: positions are pixels of the image, the first one being 1. */
public final class Canvas {
    private final Graphics2D g;
    private final int left;
    private final int top;
    private final int width;
    private final int height;
    private final double scale;

    /**
     * A canvas.
     *
     * @param g what draws
     * @param left left edge of the image on the page
     * @param top upper edge of the image on the page
     * @param width width on the page
     * @param height height on the page
     * @param scale page pixels per pixel of the image
     */
    Canvas(Graphics2D g, int left, int top, int width, int height, double scale) {
        this.g = g;
        this.left = left;
        this.top = top;
        this.width = width;
        this.height = height;
        this.scale = scale;
    }

    /** Width of the image, its pixels. */
    public double pixelsX() {
        return width / scale;
    }

    /** Height of the image, its pixels. */
    public double pixelsY() {
        return height / scale;
    }

    private double pageX(double u) {
        return left + (u - 0.5) * scale;
    }

    private double pageY(double v) {
        return top + height - (v - 0.5) * scale;
    }

    /** Draws a straight line, cut off at the edges of the image. */
    public void line(double u1, double v1, double u2, double v2, Color colour, double thickness) {
        g.setClip(left, top, width, height);
        g.setColor(colour);
        g.setStroke(new BasicStroke((float) thickness));
        g.draw(new Line2D.Double(pageX(u1), pageY(v1), pageX(u2), pageY(v2)));
        g.setClip(null);
    }

    /** Draws a text whose left end is at a position, inside the image. */
    public void text(double u, double v, String text, Color colour) {
        g.setClip(left, top, width, height);
        g.setFont(Style.TEXT);
        g.setColor(colour);
        g.drawString(text, (float) pageX(u) + 4, (float) pageY(v) - 4);
        g.setClip(null);
    }

    /** Writes a label below the image, centred at a position. */
    public void labelX(double u, String text) {
        g.setFont(Style.TEXT);
        g.setColor(Style.INK);
        g.drawString(text, (float) pageX(u) - g.getFontMetrics().stringWidth(text) / 2f, top + height + 21f);
    }

    /** Writes a label left of the image, at the height of a position. */
    public void labelY(double v, String text) {
        g.setFont(Style.TEXT);
        g.setColor(Style.INK);
        g.drawString(text, left - 9f - g.getFontMetrics().stringWidth(text), (float) pageY(v) + 5);
    }

    /** Names the axes. */
    public void names(String x, String y) {
        g.setFont(Style.TEXT);
        g.setColor(Style.INK);
        FontMetrics m = g.getFontMetrics();
        g.drawString(x, left + (width - m.stringWidth(x)) / 2f, top + height + 48f);
        AffineTransform before = g.getTransform();
        g.rotate(-Math.PI / 2, 20, top + height / 2.0);
        g.drawString(y, 20 - m.stringWidth(y) / 2f, top + height / 2f);
        g.setTransform(before);
    }
}
