// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.exposure;

import java.nio.file.Path;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.pipeline.region.Plane;
import org.xtendsxi.pipeline.region.Region;

/** Area of a region weighted by its exposure, as {@code ahbackscal} has it (events-coords-screening section 16.2). */
public final class Backscal {
    private Backscal() {
    }

    /**
     * Exposure of the pixels inside, in units of the longest, as a share of the whole map.
     *
     * @param map exposure map in SKY
     * @param region region of the sky
     */
    public static double of(Path map, Region region) {
        try (FitsReader f = FitsReader.open(map)) {
            Hdu h = f.primary();
            if (h.axes().size() != 2 || region.plane() != Plane.SKY) {
                throw SxiException.data("exposure map and region are not both in SKY").in(map).value(region.plane())
                        .todo("give an exposure map and a region of the sky").build();
            }
            double[] v = Image.read(f, h).values();
            int width = h.axes().get(0);
            double sum = 0;
            double most = 0;
            for (int i = 0; i < v.length; i++) {
                if (v[i] > 0 && region.contains(1 + i % width, 1 + i / width)) {
                    sum += v[i];
                    most = Math.max(most, v[i]);
                }
            }
            if (sum == 0) {
                throw SxiException.data("region was not exposed").in(map).todo("check region and exposure map").build();
            }
            return sum / most / v.length;
        }
    }
}
