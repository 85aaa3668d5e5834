// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.teldef;

/**
 * One system of pixel coordinates (events-coords-screening section 7.1). The pixel of an integer n spans n-0.5 to
 * n+0.5.
 *
 * @param name RAW, ACT, DET, FOC or SKY
 * @param xColumn column of the first coordinate
 * @param yColumn column of the second coordinate
 * @param firstX number of the first pixel
 * @param firstY number of the first pixel
 * @param sizeX pixels
 * @param sizeY pixels
 * @param scaleX width of a pixel, in {@code unit}; of the sky system deg
 * @param scaleY height of a pixel, in {@code unit}; of the sky system deg
 * @param unit mm, or deg for the sky
 */
public record CoordinateSystem(String name, String xColumn, String yColumn, double firstX, double firstY, int sizeX,
        int sizeY, double scaleX, double scaleY, String unit) {

    /** Centre of the first coordinate. */
    public double centreX() {
        return firstX + 0.5 * sizeX - 0.5;
    }

    /** Centre of the second coordinate. */
    public double centreY() {
        return firstY + 0.5 * sizeY - 0.5;
    }

    /** Number of the last pixel of the first coordinate. */
    public double lastX() {
        return firstX + sizeX - 1;
    }

    /** Number of the last pixel of the second coordinate. */
    public double lastY() {
        return firstY + sizeY - 1;
    }

    /** Whether a position lies on a pixel of the system; null (NaN) does not. */
    public boolean contains(double x, double y) {
        return x >= firstX - 0.5 && x <= lastX() + 0.5 && y >= firstY - 0.5 && y <= lastY() + 0.5;
    }
}
