// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;
import org.xtendsxi.pipeline.kernel.DarkLevel;

/**
 * What the active pixels of a segment frame say about the camera beyond events: saturation, and the level that bias and
 * dark leave (frames-and-science sections 2.3 and 3: light leak by areas of 64x64 pixels, saturated blocks).
 *
 * @param saturated pixels at the upper rail of the ADC
 * @param saturatedBlock most of them in a block of 80 rows
 * @param residual median over the areas of the mean level left, adu; NaN without a dark
 * @param leak highest area above that median, adu; NaN without a dark
 */
record PixelCensus(int saturated, int saturatedBlock, double residual, double leak) {
    /** Pixels further from the middle of the segment hold charge or are hot, and say nothing about the level. */
    static final double CLIP = 30;
    private static final int SAMPLE_ROWS = 16;
    private static final int SAMPLE_COLUMNS = 8;
    private static final int AREA = 64;
    private static final int BLOCK = 80;

    /**
     * Counts.
     *
     * @param pixels words of the file
     * @param dark dark of the segment, as many levels as active pixels
     */
    static PixelCensus of(MemorySegment pixels, FrameGeometry g, Adc adc, BiasLevel bias, DarkLevel dark) {
        int across = (g.active() + AREA - 1) / AREA;
        double[] sum = new double[across * ((g.rows() + AREA - 1) / AREA)];
        int[] used = new int[sum.length];
        int[] blocks = new int[(g.rows() + BLOCK - 1) / BLOCK];
        double middle = middle(pixels, g, adc, bias, dark);
        short[] row = new short[g.active()];
        for (int y = 0; y < g.rows(); y++) {
            read(pixels, g, y, row);
            double[] level = {bias.at(y, 0), bias.at(y, 1)};
            for (int x = 0; x < row.length; x++) {
                int value = adc.value(row[x] + SegmentFrame.ZERO);
                blocks[y / BLOCK] += value >= adc.max() ? 1 : 0;
                double left = value - level[x & 1] - dark.at(y * row.length + x);
                if (Math.abs(left - middle) < CLIP) {
                    int area = y / AREA * across + x / AREA;
                    sum[area] += left;
                    used[area]++;
                }
            }
        }
        for (int a = 0; a < sum.length; a++) {
            sum[a] = used[a] == 0 ? middle : sum[a] / used[a];
        }
        Arrays.sort(sum);
        double median = (sum[(sum.length - 1) / 2] + sum[sum.length / 2]) / 2;
        return new PixelCensus(Arrays.stream(blocks).sum(), Arrays.stream(blocks).max().orElse(0), median,
                sum[sum.length - 1] - median);
    }

    private static void read(MemorySegment pixels, FrameGeometry g, int y, short[] row) {
        MemorySegment.copy(pixels, SegmentFrame.WORD, 2L * g.index(0, y), MemorySegment.ofArray(row),
                ValueLayout.JAVA_SHORT, 0, row.length);
    }

    /** Median level left in a sample of the pixels, adu, so that a level far off is measured as well. */
    private static double middle(MemorySegment pixels, FrameGeometry g, Adc adc, BiasLevel bias, DarkLevel dark) {
        short[] row = new short[g.active()];
        double[] left = new double[(g.rows() + SAMPLE_ROWS - 1) / SAMPLE_ROWS
                * ((row.length + SAMPLE_COLUMNS - 1) / SAMPLE_COLUMNS)];
        int n = 0;
        for (int y = 0; y < g.rows(); y += SAMPLE_ROWS) {
            read(pixels, g, y, row);
            for (int i = 0; i < row.length; i += SAMPLE_COLUMNS) {
                // neighbours in turn, so that both ASICs count
                int x = Math.min(row.length - 1, i + y / SAMPLE_ROWS % 2);
                left[n++] = adc.value(row[x] + SegmentFrame.ZERO) - bias.at(y, x & 1) - dark.at(y * row.length + x);
            }
        }
        Arrays.sort(left);
        return left[n / 2];
    }
}
