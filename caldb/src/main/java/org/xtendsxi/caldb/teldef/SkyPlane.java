// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.teldef;

/**
 * The sky system as a tangent plane: X towards decreasing right ascension, Y towards north (events-coords-screening
 * section 7.5).
 *
 * @param ra right ascension of the centre, deg
 * @param dec declination of the centre, deg
 * @param centreX centre, pixels
 * @param centreY centre, pixels
 * @param pixelsPerRadian focal length in pixels
 */
public record SkyPlane(double ra, double dec, double centreX, double centreY, double pixelsPerRadian) {
    /**
     * A direction in degrees.
     *
     * @param ra right ascension, 0..360
     * @param dec declination, -90..90
     */
    public record Direction(double ra, double dec) {
    }

    /**
     * A position in pixels.
     *
     * @param x X
     * @param y Y
     */
    public record Position(double x, double y) {
    }

    /** Direction of a position (gnomonic projection, reversed). */
    public Direction direction(double x, double y) {
        double xi = (centreX - x) / pixelsPerRadian;
        double eta = (y - centreY) / pixelsPerRadian;
        double d0 = Math.toRadians(dec);
        double north = Math.cos(d0) - eta * Math.sin(d0);
        double up = Math.sin(d0) + eta * Math.cos(d0);
        double a = ra + Math.toDegrees(Math.atan2(xi, north));
        return new Direction((a % 360 + 360) % 360, Math.toDegrees(Math.atan2(up, Math.hypot(xi, north))));
    }

    /** Position of a direction; NaN for the far half of the sky. */
    public Position position(double directionRa, double directionDec) {
        double d0 = Math.toRadians(dec);
        double d = Math.toRadians(directionDec);
        double da = Math.toRadians(directionRa - ra);
        double depth = Math.sin(d0) * Math.sin(d) + Math.cos(d0) * Math.cos(d) * Math.cos(da);
        if (!(depth > 0)) {
            return new Position(Double.NaN, Double.NaN);
        }
        double xi = Math.cos(d) * Math.sin(da) / depth;
        double eta = (Math.cos(d0) * Math.sin(d) - Math.sin(d0) * Math.cos(d) * Math.cos(da)) / depth;
        return new Position(centreX - xi * pixelsPerRadian, centreY + eta * pixelsPerRadian);
    }
}
