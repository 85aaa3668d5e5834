// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.kernel.RowBlocks;

/**
 * Light leak of one exposure: what is left above bias and dark, in areas of about 64x64 pixels (frames-and-science
 * section
 * 2.3). Areas divide the columns of a segment and the rows of a block evenly, so none reaches across sub-exposures.
 *
 * <p>The value of an area is the mean of its pixels near their median: events fall out at both ends alike, and the mean
 * is finer than the median of whole numbers.
 *
 * @param columns areas side by side
 * @param rows areas above each other
 * @param level adu, element row*columns + column
 */
public record LightLeak(int columns, int rows, double[] level) {
    /** Number of even parts into which a length is cut. */
    static int parts(int length, int size) {
        return Math.max(1, Math.round((float) length / size));
    }

    /** A map of zeros in the shape that a geometry has. */
    public static LightLeak zero(int width, RowBlocks blocks, int area) {
        int nx = parts(width, area);
        int ny = blocks.rows() / blocks.block() * parts(blocks.block(), area);
        return new LightLeak(nx, ny, new double[nx * ny]);
    }

    /**
     * Measures it.
     *
     * @param plane frame with bias and dark
     * @param blocks rows of the sub-exposures
     * @param area side of an area, pixels
     * @param clip largest distance from the median of a pixel that counts, adu
     */
    public static LightLeak measure(PixelPlane plane, RowBlocks blocks, int area, double clip) {
        int width = plane.geometry().active();
        LightLeak leak = zero(width, blocks, area);
        double[] values = new double[(width / leak.columns + 1) * (blocks.rows() / leak.rows + 1)];
        for (int k = 0; k < leak.level.length; k++) {
            int n = 0;
            for (int y = leak.start(k / leak.columns, blocks.rows()); y < leak.start(k / leak.columns + 1,
                    blocks.rows()); y++) {
                for (int x = k % leak.columns * width / leak.columns; x < (k % leak.columns
                        + 1) * width / leak.columns; x++) {
                    values[n++] = DarkResidual.above(plane, x, y);
                }
            }
            double median = new Median().evaluate(values, 0, n);
            leak.level[k] = Arrays.stream(values, 0, n).filter(v -> Math.abs(v - median) <= clip).average()
                    .orElse(median);
        }
        return leak;
    }

    /** First row of a row of areas. */
    private int start(int index, int allRows) {
        return (int) ((long) index * allRows / rows);
    }

    /** Adds the level of its area to every pixel. */
    void addTo(double[] pixels, int width) {
        int allRows = pixels.length / width;
        for (int k = 0; k < level.length; k++) {
            int from = k % columns * width / columns;
            int to = (k % columns + 1) * width / columns;
            for (int y = start(k / columns, allRows); y < start(k / columns + 1, allRows); y++) {
                for (int x = from; x < to; x++) {
                    pixels[y * width + x] += level[k];
                }
            }
        }
    }

    /** Mean of all areas, adu. */
    public double mean() {
        return Arrays.stream(level).average().orElse(0);
    }

    /** Highest area, adu. */
    public double max() {
        return Arrays.stream(level).max().orElse(0);
    }
}
