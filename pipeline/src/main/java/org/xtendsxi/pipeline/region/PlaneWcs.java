// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.region;

import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Hdu;

/**
 * The tangent plane of the columns X and Y (events-coords-screening section 7.8). The reference direction is RA_NOM,
 * DEC_NOM where the header has them, because TCRVL may be rounded to seven digits.
 *
 * @param ra reference right ascension, deg
 * @param dec reference declination, deg
 * @param x0 reference pixel
 * @param y0 reference pixel
 * @param dx pixel along X, deg, negative as right ascension grows to the left
 * @param dy pixel along Y, deg
 * @param rotation TCROT of Y, deg
 */
record PlaneWcs(double ra, double dec, double x0, double y0, double dx, double dy, double rotation) {

    /** Reads the keywords of an events table. */
    static PlaneWcs of(Hdu events) {
        Map<String, Object> x = keywords(events, "X");
        Map<String, Object> y = keywords(events, "Y");
        double ra = events.keywords().real("RA_NOM").orElseGet(() -> real(events, "X", x, "TCRVL"));
        double dec = events.keywords().real("DEC_NOM").orElseGet(() -> real(events, "Y", y, "TCRVL"));
        return new PlaneWcs(ra, dec, real(events, "X", x, "TCRPX"), real(events, "Y", y, "TCRPX"),
                real(events, "X", x, "TCDLT"), real(events, "Y", y, "TCDLT"),
                y.get("TCROT") instanceof Number n ? n.doubleValue() : 0);
    }

    private static Map<String, Object> keywords(Hdu events, String name) {
        List<Column> all = events.columns();
        return all.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst().map(Column::keywords)
                .orElseThrow(() -> SxiException.data("column is missing").in(events.keywords().file())
                .hdu(events.name())
                        .column(name).todo("give events with sky coordinates, or a region in detector").build());
    }

    private static double real(Hdu events, String column, Map<String, Object> k, String key) {
        if (k.get(key) instanceof Number n) {
            return n.doubleValue();
        }
        throw SxiException.data("column has no " + key).in(events.keywords().file()).hdu(events.name()).column(column)
                .limit("TCRPX, TCRVL, TCDLT").todo("give events with sky coordinates (sxi coordevt)").build();
    }

    /** Pixel of a direction (gnomonic projection); NaN for the far half of the sky. */
    double[] pixel(double directionRa, double directionDec) {
        double d0 = Math.toRadians(dec);
        double d = Math.toRadians(directionDec);
        double da = Math.toRadians(directionRa - ra);
        double depth = Math.sin(d0) * Math.sin(d) + Math.cos(d0) * Math.cos(d) * Math.cos(da);
        if (!(depth > 0)) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double xi = Math.toDegrees(Math.cos(d) * Math.sin(da) / depth);
        double eta = Math.toDegrees((Math.cos(d0) * Math.sin(d) - Math.sin(d0) * Math.cos(d) * Math.cos(da)) / depth);
        double c = Math.cos(Math.toRadians(rotation));
        double s = Math.sin(Math.toRadians(rotation));
        return new double[] {x0 + (xi * c + eta * s) / dx, y0 + (eta * c - xi * s) / dy};
    }

    /**
     * Length in pixels of an angle (deg) laid off along the meridian from a direction, towards the nearer pole if it
     * fits.
     */
    double length(double directionRa, double directionDec, double angle) {
        double[] from = pixel(directionRa, directionDec);
        double end = directionDec + angle <= 90 ? directionDec + angle : directionDec - angle;
        double[] to = pixel(directionRa, end);
        return Math.hypot(to[0] - from[0], to[1] - from[1]);
    }
}
