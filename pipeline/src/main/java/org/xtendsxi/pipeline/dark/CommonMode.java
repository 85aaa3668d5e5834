// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.xtendsxi.pipeline.kernel.PixelPlane;

/**
 * Common mode of a frame: what all pixels of a group of a row have in common above bias and dark, measured as their
 * median (frames-and-science section 2.3, as eROSITA does). It adds noise: 1.25 times that of a pixel over the root of
 * the group's size.
 */
final class CommonMode {
    private CommonMode() {
    }

    /**
     * Measures it and adds it to a level per pixel.
     *
     * @param plane frame with all other levels
     * @param width wanted size of a group; groups divide the row evenly
     * @param level adu, changed in place
     * @return rms of the medians, adu
     */
    static double addTo(PixelPlane plane, int width, double[] level) {
        int columns = plane.geometry().active();
        int rows = plane.geometry().rows();
        int groups = LightLeak.parts(columns, width);
        double[] values = new double[columns];
        double squares = 0;
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                values[x] = DarkResidual.above(plane, x, y);
            }
            for (int g = 0; g < groups; g++) {
                int from = g * columns / groups;
                int to = (g + 1) * columns / groups;
                double median = new Median().evaluate(values, from, to - from);
                squares += median * median;
                for (int x = from; x < to; x++) {
                    level[y * columns + x] += median;
                }
            }
        }
        return Math.sqrt(squares / rows / groups);
    }
}
