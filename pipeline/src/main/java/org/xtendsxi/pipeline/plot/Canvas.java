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
    private final Window window;
    private int legend;

    /**
     * A canvas.
     *
     * @param g what draws
     * @param left left edge of the image on the page
     * @param top upper edge of the image on the page
     * @param window the part of the image that is drawn
     * @param scale page pixels per pixel of the image
     */
    Canvas(Graphics2D g, int left, int top, Window window, double scale) {
        this.g = g;
        this.left = left;
        this.top = top;
        this.width = (int) Math.round(window.width() * scale);
        this.height = (int) Math.round(window.height() * scale);
        this.scale = scale;
        this.window = window;
    }

    /** Left edge of what is drawn. */
    public double minX() {
        return window.x() - 0.5;
    }

    /** Right edge of what is drawn. */
    public double maxX() {
        return window.x() + window.width() - 0.5;
    }

    /** Lower edge of what is drawn. */
    public double minY() {
        return window.y() - 0.5;
    }

    /** Upper edge of what is drawn. */
    public double maxY() {
        return window.y() + window.height() - 0.5;
    }

    private double pageX(double u) {
        return left + (u - minX()) * scale;
    }

    private double pageY(double v) {
        return top + height - (v - minY()) * scale;
    }

    /** Draws a straight line, cut off at the edges of the image. */
    public void line(double u1, double v1, double u2, double v2, Color colour, double thickness) {
        g.setClip(left, top, width, height);
        g.setColor(colour);
        g.setStroke(new BasicStroke((float) thickness));
        g.draw(new Line2D.Double(pageX(u1), pageY(v1), pageX(u2), pageY(v2)));
        g.setClip(null);
    }

    /** Adds an entry to the legend above the image. */
    public void legend(String text, Color colour) {
        g.setFont(Style.TEXT);
        g.setColor(Color.BLACK);
        g.fillRect(left + legend, top - 28, 30, 16);
        g.setColor(colour);
        g.setStroke(new BasicStroke(2));
        g.drawLine(left + legend + 4, top - 20, left + legend + 25, top - 20);
        g.setColor(Style.INK);
        g.drawString(text, left + legend + 38, top - 14);
        legend += 38 + g.getFontMetrics().stringWidth(text) + 28;
    }

    /** Writes a label below the image, centred at a position. */
    public void labelX(double u, String text) {
        g.setFont(Style.TEXT);
        g.setColor(Style.INK);
        g.drawString(text, (float) pageX(u) - g.getFontMetrics().stringWidth(text) / 2f, top + height + 24f);
    }

    /** Writes a label left of the image, at the height of a position. */
    public void labelY(double v, String text) {
        g.setFont(Style.TEXT);
        g.setColor(Style.INK);
        g.drawString(text, left - 9f - g.getFontMetrics().stringWidth(text), (float) pageY(v) + 6);
    }

    /** Names the axes. */
    public void names(String x, String y) {
        g.setFont(Style.TEXT);
        g.setColor(Style.INK);
        FontMetrics m = g.getFontMetrics();
        g.drawString(x, left + (width - m.stringWidth(x)) / 2f, top + height + 56f);
        AffineTransform before = g.getTransform();
        g.rotate(-Math.PI / 2, 20, top + height / 2.0);
        g.drawString(y, 20 - m.stringWidth(y) / 2f, top + height / 2f);
        g.setTransform(before);
    }
}
