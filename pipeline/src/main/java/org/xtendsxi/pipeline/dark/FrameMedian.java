// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;

/**
 * Median of the first K bias-subtracted frames per pixel; of an even number, the mean of the middle two.
 *
 * <p>X-rays and particles touch a pixel in few of the frames and leave no trace in the median, so raw frames serve. The
 * words of K frames are kept. The noise is the rms of all K values about their median.
 */
public final class FrameMedian implements DarkEstimator {
    private final FrameGeometry geometry;
    private final Adc adc;
    private final double hotLimit;
    private final short[][] words;
    private final BiasLevel[] biases;
    private int frames;

    /** Prepares for frames of one segment. */
    public FrameMedian(FrameGeometry geometry, Adc adc, DarkSettings settings) {
        this.geometry = geometry;
        this.adc = adc;
        this.hotLimit = settings.hot();
        this.words = new short[settings.frames()][];
        this.biases = new BiasLevel[settings.frames()];
    }

    @Override
    public void accept(MemorySegment pixels, BiasLevel bias) {
        if (full()) {
            return;
        }
        short[] active = new short[geometry.active() * geometry.rows()];
        for (int y = 0; y < geometry.rows(); y++) {
            MemorySegment.copy(pixels, SegmentFrame.WORD, 2L * geometry.index(0, y), MemorySegment.ofArray(active),
                    ValueLayout.JAVA_SHORT, 2L * y * geometry.active(), geometry.active());
        }
        words[frames] = active;
        biases[frames++] = bias;
    }

    @Override
    public int frames() {
        return frames;
    }

    @Override
    public boolean full() {
        return frames == words.length;
    }

    @Override
    public DarkMap result() {
        int width = geometry.active();
        double[] level = new double[width * geometry.rows()];
        double[] noise = new double[level.length];
        double[][] v = new double[frames][width];
        StuckPixels stuck = new StuckPixels(adc, level.length);
        for (int y = 0; y < geometry.rows(); y++) {
            for (int f = 0; f < frames; f++) {
                for (int x = 0; x < width; x++) {
                    int value = adc.value(words[f][y * width + x] + SegmentFrame.ZERO);
                    stuck.see(y * width + x, value);
                    v[f][x] = value - biases[f].at(y, x & 1);
                }
            }
            RowSort.sort(v, frames);
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                level[i] = (v[(frames - 1) / 2][x] + v[frames / 2][x]) / 2;
                noise[i] = rms(v, x, level[i]);
            }
        }
        return DarkMap.of(level, noise, stuck.result(), hotLimit, frames, "median");
    }

    private static double rms(double[][] v, int x, double centre) {
        double squares = 0;
        for (double[] row : v) {
            squares += (row[x] - centre) * (row[x] - centre);
        }
        return Math.sqrt(squares / v.length);
    }
}
