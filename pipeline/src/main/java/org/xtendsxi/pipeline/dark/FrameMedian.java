// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
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
public final class FrameMedian implements DarkAccumulator {
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
        int pixels = geometry.active() * geometry.rows();
        double[] level = new double[pixels];
        double[] noise = new double[pixels];
        double[] v = new double[frames];
        StuckPixels stuck = new StuckPixels(adc, pixels);
        for (int y = 0; y < geometry.rows(); y++) {
            for (int x = 0; x < geometry.active(); x++) {
                int i = y * geometry.active() + x;
                for (int f = 0; f < frames; f++) {
                    int value = adc.value(words[f][i] + SegmentFrame.ZERO);
                    stuck.see(i, value);
                    v[f] = value - biases[f].at(y, x & 1);
                }
                Arrays.sort(v);
                level[i] = (v[(frames - 1) / 2] + v[frames / 2]) / 2;
                noise[i] = rms(v, level[i]);
            }
        }
        return DarkMap.of(level, noise, stuck.result(), hotLimit, frames, "median");
    }

    private static double rms(double[] v, double centre) {
        double squares = 0;
        for (double x : v) {
            squares += (x - centre) * (x - centre);
        }
        return Math.sqrt(squares / v.length);
    }
}
