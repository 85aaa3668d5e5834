// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.pipeline.region.Plane;
import org.xtendsxi.pipeline.region.Region;

/**
 * The weighting map of a spectrum, its primary array: counts per pixel of the detector plane, cropped to the range of
 * the events and the region; -1 marks pixels outside the region (events-coords-screening section 15.2).
 */
final class WeightMap {
    private final PlaneImage det;
    private final boolean[] inside;
    private final boolean fixed;

    /**
     * Makes the map.
     *
     * @param det counts in the detector plane
     * @param region region of the spectrum
     * @param toSky map from DET to SKY, which a region of the sky needs; without it no pixel is marked
     */
    WeightMap(PlaneImage det, Region region, Optional<Affine> toSky) {
        this.det = det;
        this.fixed = region != Region.EVERYWHERE && (region.plane() == Plane.DET || toSky.isPresent());
        this.inside = new boolean[fixed ? det.width() * det.height() : 0];
        for (int i = 0; i < inside.length; i++) {
            double u = det.firstX() + i % det.width();
            double v = det.firstY() + i / det.width();
            inside[i] = region.plane() == Plane.DET ? region.contains(u, v)
                    : region.contains(toSky.get().x(u, v), toSky.get().y(u, v));
        }
    }

    /** Writes the map as the primary array. */
    void write(FitsWriter file, Keywords standard, PlaneImage sky, double backscal) {
        int[] box = box();
        int width = box[2] - box[0] + 1;
        int height = box[3] - box[1] + 1;
        Keywords k = standard.copy().set("CONTENT", "SPECTRUM", "spectrum with weighting map")
                .set("HDUNAME", "WMAP", "").set("HDUCLASS", "OGIP", "").set("HDUCLAS1", "IMAGE", "")
                .set("HDUCLAS2", "WMAP", "weighting map").set("HDUVERS", "2.0.0", "OGIP/96-001")
                .set("WMREBIN", 1L, "pixels of a cell").set("OBS-MODE", -10L, "pointing")
                .set("SKYBIN", 1L, "pixels of an image cell").set("WMAPFIX", fixed, "outside the region is -1")
                .set("NPIXSOU", Math.rint(backscal * sky.width() * sky.height()), "pixels of the region")
                .set("MTYPE1", "DET", "system").set("MFORM1", "DETX,DETY", "columns").set("WCSNAMEP", "PHYSICAL", "")
                .set("X-OFFSET", det.firstX() + box[0], "first DETX of the map")
                .set("Y-OFFSET", det.firstY() + box[1], "first DETY of the map")
                .set("TOTCTS", det.total(), "counts in all");
        k.takeAll(det.wcs(standard, box[0], box[1]));
        sky.reference(k);
        file.image("", width, height, values(box[0], box[1], width, height), k);
    }

    private float[] values(int left, int bottom, int width, int height) {
        float[] map = new float[width * height];
        int[] row = new int[det.width()];
        for (int v = 0, at = 0; v < height; v++) {
            det.row(bottom + v, row);
            for (int u = left; u < left + width; u++, at++) {
                map[at] = row[u] > 0 || !fixed || inside[(bottom + v) * row.length + u] ? row[u] : -1;
            }
        }
        return map;
    }

    /** First and last pixel along both axes that has events or belongs to the region; one pixel if there is none. */
    private int[] box() {
        int[] b = {det.width(), det.height(), -1, -1};
        int[] row = new int[det.width()];
        for (int v = 0; v < det.height(); v++) {
            det.row(v, row);
            int first = 0;
            while (first < row.length && !belongs(row, v, first)) {
                first++;
            }
            int last = row.length - 1;
            while (last > first && !belongs(row, v, last)) {
                last--;
            }
            if (first < row.length) {
                b[0] = Math.min(b[0], first);
                b[1] = Math.min(b[1], v);
                b[2] = Math.max(b[2], last);
                b[3] = v;
            }
        }
        if (b[2] < 0) {
            Arrays.fill(b, 0);
        }
        return b;
    }

    private boolean belongs(int[] row, int v, int u) {
        return row[u] > 0 || fixed && inside[v * det.width() + u];
    }
}
