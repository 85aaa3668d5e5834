// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.housekeeping;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.pipeline.region.Region;
import org.xtendsxi.pipeline.region.Shape;

/**
 * The South Atlantic Anomaly by longitude, -180..180, and geocentric latitude, deg: the general outlines that column
 * SAA is made from, and a polygon for the instrument, which does not cross longitude 180.
 */
final class Anomaly {
    private static final String TABLE = "SAA_VERTICES";
    private static final String VERTICES = "SXI_SAA";
    /** Stands for the southern or western end in the file of the mission. */
    private static final double END = -1000;
    private static final int CORNERS = 3;
    /** A stand-in after the outline in which Fermi switches off, not checked against it; no flight value. */
    private static final String MODEL =
            "-86.1:-40,34:-40,33.9:-30,24.5:-22.6,-18.6:2.5,-25.7:5.2,-36:5.2,-42:4.6,-58.8:0.7,"
            + "-93.1:-8.6,-97.5:-9.9,-98.5:-12.5,-92.1:-21.7,-86.1:-30";

    private Anomaly() {
    }

    /**
     * How deep a place lies in the anomaly: 0 outside, 1 in the general outline, 2 and 3 in the inner ones (HEASoft
     * atFunctions 3.2: nominal, SIS and STT), as column SAA of the archive has it.
     */
    static int depth(double lon, double lat) {
        if (lon >= -60 && lon <= -10 && lat <= -20 && lat <= 2 * lon / 3 + 10 && lat <= -2 * lon - 50) {
            return 3;
        }
        if (lat <= -0.0042677 * lon * lon - 0.1666 * lon - 11.33) {
            return 2;
        }
        boolean west = lon > -83 && lon < -34 && Math.hypot(lon + 34, lat + 70) < 70;
        boolean middle = lon >= -34 && lon < 30 && 64 * lat < -17 * (lon + 34);
        boolean east = lon >= 30 && lon < 60 && Math.hypot(lon - 30, lat + 47) < 30;
        return west || middle || east ? 1 : 0;
    }

    /**
     * Reads the polygon: corners, LON:LAT joined by commas; MODEL for the stand-in, NONE for no points at all, or the
     * file of the mission ({@code xa_gen_saa_*.fits}).
     */
    static Region parse(String text) {
        if (text.strip().equalsIgnoreCase("NONE")) {
            return (longitude, latitude) -> false;
        }
        if (text.strip().matches("(?i).*\\.fi?ts(\\.gz)?")) {
            return ofFile(Path.of(text.strip()));
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

    /** Column SXI_SAA of the file: latitude and longitude, rows after the last corner filled with -1000. */
    private static Region ofFile(Path file) {
        try (FitsReader f = FitsReader.open(file); EventChunk t = f.whole(f.need(TABLE))) {
            if (!t.schema().has(VERTICES) || t.schema().column(VERTICES).width() != 2) {
                throw SxiException.data("no polygon of the anomaly").in(file).hdu(TABLE).column(VERTICES)
                        .limit("a column of two numbers, latitude and longitude").todo("give xa_gen_saa_*.fits")
                        .build();
            }
            double[] v = t.doubles(VERTICES);
            int corners = (int) IntStream.range(0, v.length / 2)
                    .takeWhile(i -> v[2 * i] != END || v[2 * i + 1] != END).count();
            if (corners < CORNERS) {
                throw SxiException.data("polygon of the anomaly is too short").in(file).hdu(TABLE).column(VERTICES)
                        .value(corners).limit("3 corners or more").todo("give xa_gen_saa_*.fits").build();
            }
            double[] points = new double[2 * corners];
            for (int i = 0; i < corners; i++) {
                points[2 * i] = v[2 * i + 1] == END ? -180 : v[2 * i + 1];
                points[2 * i + 1] = v[2 * i] == END ? -90 : v[2 * i];
            }
            return new Shape.Polygon(points);
        }
    }

    private static SxiException unreadable(String value, Exception cause) {
        return SxiException.usage("ehk.saa is no polygon").value(value)
                .limit("three or more corners LON:LAT joined by commas, LON -180..180, LAT -90..90; or a FITS file, "
                        + "MODEL, NONE")
                .todo("correct it").cause(cause).build();
    }
}
