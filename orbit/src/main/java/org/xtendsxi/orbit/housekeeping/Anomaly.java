// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.housekeeping;

import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.pipeline.region.Region;
import org.xtendsxi.pipeline.region.Shape;

/** The South Atlantic Anomaly as a polygon of longitude and latitude, deg, that does not cross longitude 180. */
final class Anomaly {
    private static final int CORNERS = 3;
    /** A stand-in after the outline in which Fermi switches off, not checked against it; no flight value. */
    private static final String MODEL =
            "-86.1:-40,34:-40,33.9:-30,24.5:-22.6,-18.6:2.5,-25.7:5.2,-36:5.2,-42:4.6,-58.8:0.7,"
            + "-93.1:-8.6,-97.5:-9.9,-98.5:-12.5,-92.1:-21.7,-86.1:-30";

    private Anomaly() {
    }

    /** Reads corners, LON:LAT joined by commas; MODEL is the stand-in, and NONE has no points. */
    static Region parse(String text) {
        if (text.strip().equalsIgnoreCase("NONE")) {
            return (longitude, latitude) -> false;
        }
        String[] corners = (text.strip().equalsIgnoreCase("MODEL") ? MODEL : text).split(",");
        double[] points = new double[2 * corners.length];
        try {
            for (int i = 0; i < corners.length; i++) {
                String[] pair = corners[i].split(":");
                points[2 * i] = Double.parseDouble(pair[0].strip());
                points[2 * i + 1] = Double.parseDouble(pair[1].strip());
                if (pair.length != 2 || !(Math.abs(points[2 * i]) <= 180 && Math.abs(points[2 * i + 1]) <= 90)) {
                    throw unreadable(corners[i], null);
                }
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw unreadable(text, e);
        }
        if (corners.length < CORNERS) {
            throw unreadable(text, null);
        }
        return new Shape.Polygon(points);
    }

    private static SxiException unreadable(String value, Exception cause) {
        return SxiException.usage("ehk.saa is no polygon").value(value)
                .limit("three or more corners LON:LAT joined by commas, LON -180..180, LAT -90..90; or MODEL, or NONE")
                .todo("correct it").cause(cause).build();
    }
}
