// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.pipeline.region.Region;

/** Counts per pixel of the plane of two columns, such as X and Y, over their legal ranges. */
public final class PlaneImage {
    private final Column x;
    private final Column y;
    private final String system;
    private final int firstX;
    private final int firstY;
    private final int width;
    private final int height;
    private final int[] counts;

    private PlaneImage(String system, Column x, Column y) {
        this.system = system;
        this.x = x;
        this.y = y;
        this.firstX = first(x);
        this.firstY = first(y);
        this.width = Math.toIntExact(x.max().getAsLong() - firstX + 1);
        this.height = Math.toIntExact(y.max().getAsLong() - firstY + 1);
        this.counts = new int[Math.multiplyExact(width, height)];
    }

    private static int first(Column c) {
        if (c.min().isEmpty() || c.max().isEmpty()) {
            throw SxiException.data("column has no legal range").column(c.name()).limit("TLMIN and TLMAX")
                    .todo("add the keywords to the event file").build();
        }
        return Math.toIntExact(c.min().getAsLong());
    }

    /** An empty image of SKY: columns X and Y. */
    public static PlaneImage sky(EventSchema schema) {
        return new PlaneImage("SKY", schema.column("X"), schema.column("Y"));
    }

    /** An empty image of DET: columns DETX and DETY. */
    public static PlaneImage det(EventSchema schema) {
        return new PlaneImage("DET", schema.column("DETX"), schema.column("DETY"));
    }

    /** Counts the events kept; null positions and those outside the legal range are left out. */
    void add(EventChunk chunk, boolean[] keep) {
        add(chunk.ints(x.name()), chunk.ints(y.name()), keep);
    }

    private void add(int[] px, int[] py, boolean[] keep) {
        for (int i = 0; i < px.length; i++) {
            int u = px[i] - firstX;
            int v = py[i] - firstY;
            if (keep[i] && u >= 0 && u < width && v >= 0 && v < height) {
                counts[v * width + u]++;
            }
        }
    }

    /** Pixels along the first axis. */
    public int width() {
        return width;
    }

    /** Pixels along the second axis. */
    public int height() {
        return height;
    }

    /** Counts of a pixel, indices from 0. */
    public int count(int u, int v) {
        return counts[v * width + u];
    }

    /** Counts of a row into the first elements of an array. */
    void row(int v, int[] into) {
        System.arraycopy(counts, v * width, into, 0, width);
    }

    /** All counts. */
    public long total() {
        long sum = 0;
        for (int c : counts) {
            sum += c;
        }
        return sum;
    }

    /** Share of the pixels whose centres a region holds. */
    double covered(Region region) {
        long inside = 0;
        for (int v = 0; v < height; v++) {
            for (int u = 0; u < width; u++) {
                inside += region.contains(firstX + u, firstY + v) ? 1 : 0;
            }
        }
        return (double) inside / width / height;
    }

    /** SKY or DET. */
    public String system() {
        return system;
    }

    /** Column value of the first pixel. */
    int firstX() {
        return firstX;
    }

    /** Column value of the first pixel. */
    int firstY() {
        return firstY;
    }

    /** World coordinates from the columns (TCTYP, TCRPX, TCRVL, TCDLT), and the physical pixels. */
    public Keywords wcs(Keywords standard) {
        return wcs(standard, 0, 0);
    }

    /**
     * World coordinates of a part of the image.
     *
     * @param standard keywords common to all products
     * @param u first pixel of the part, from 0
     * @param v first pixel of the part, from 0
     */
    Keywords wcs(Keywords standard, int u, int v) {
        Keywords k = new Keywords();
        axis(k, 1, x, firstX + u);
        axis(k, 2, y, firstY + v);
        if (system.equals("SKY")) {
            standard.real("RA_NOM").ifPresent(ra -> k.set("CRVAL1", ra, "[deg] reference value"));
            standard.real("DEC_NOM").ifPresent(dec -> k.set("CRVAL2", dec, "[deg] reference value"));
            k.set("RADESYS", standard.text("RADECSYS").orElse("FK5"), "celestial system");
            k.set("CROTA2", (Double) y.keywords().getOrDefault("TCROT", 0.0), "[deg] rotation");
        }
        return k;
    }

    /** Tells a map of another plane how this image is referred to the sky. */
    void reference(Keywords k) {
        for (Column c : List.of(x, y)) {
            String axis = "REF" + (c == x ? "X" : "Y");
            Map<String, Object> w = c.keywords();
            k.set(axis + "CTYP", (String) w.getOrDefault("TCTYP", c.name()), "axis of the image")
                    .set(axis + "CRPX", (Double) w.getOrDefault("TCRPX", 1.0), "reference pixel")
                    .set(axis + "CRVL", (Double) w.getOrDefault("TCRVL", 0.0), "reference value")
                    .set(axis + "CDLT", (Double) w.getOrDefault("TCDLT", 1.0), "pixel");
        }
    }

    private static void axis(Keywords k, int n, Column c, int first) {
        Map<String, Object> w = c.keywords();
        double crpix = (Double) w.getOrDefault("TCRPX", 1.0) - (first - 1);
        k.set("CTYPE" + n, (String) w.getOrDefault("TCTYP", c.name()), "axis")
                .set("CRPIX" + n, crpix, "reference pixel")
                .set("CRVAL" + n, (Double) w.getOrDefault("TCRVL", (double) first), "reference value")
                .set("CDELT" + n, (Double) w.getOrDefault("TCDLT", 1.0), "pixel")
                .set("CUNIT" + n, (String) w.getOrDefault("TCUNI", "pixel"), "unit")
                .set("WCSTY" + n + "P", "PHYSICAL", "").set("LTV" + n, 1.0 - first, "logical to physical")
                .set("LTM" + n + "_" + n, 1.0, "logical to physical").set("CTYPE" + n + "P", c.name(), "column")
                .set("CRPIX" + n + "P", 1.0, "").set("CRVAL" + n + "P", (double) first, "column value of pixel 1")
                .set("CDELT" + n + "P", 1.0, "");
    }

    /** Writes the image as the next HDU of a file. */
    void write(FitsWriter file, Keywords standard) {
        Keywords k = standard.copy().set("CONTENT", "IMAGE", "").set("HDUNAME", "IMAGE", "").set("HDUCLASS", "OGIP", "")
                .set("HDUCLAS1", "IMAGE", "");
        k.set("MTYPE1", system, "system").set("MFORM1", x.name() + "," + y.name(), "columns")
                .set("IMGBIN", 1L, "binning")
                .set("WCSNAMEP", "PHYSICAL", "").set("TOTCTS", total(), "counts in all");
        k.takeAll(wcs(standard));
        if (k.has("RADESYS")) {
            k.remove("RADECSYS");
        }
        file.image("", width, height, counts, k);
    }
}
