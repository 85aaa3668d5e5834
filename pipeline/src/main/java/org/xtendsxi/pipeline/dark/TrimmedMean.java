// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;

/**
 * Mean of the bias-subtracted frames per pixel without the n lowest and n highest, so that particles leave no ghost.
 *
 * <p>Kept per pixel: sum, sum of squares, and 2n extremes; a value enters the sums only when it can no longer be an
 * extreme, so nothing is ever taken out of a sum. Of N frames, fewer than 2n+1, (N-1)/2 are dropped at each end.
 */
public final class TrimmedMean implements DarkEstimator {
    private final FrameGeometry geometry;
    private final Adc adc;
    private final int trim;
    private final double hotLimit;
    private final double[] sum;
    private final double[] squares;
    private final double[][] low;
    private final double[][] high;
    private final double[] line;
    private final StuckPixels stuck;
    private int frames;

    /** Prepares for frames of one segment. */
    public TrimmedMean(FrameGeometry geometry, Adc adc, DarkSettings settings) {
        this.geometry = geometry;
        this.adc = adc;
        this.trim = settings.trim();
        this.hotLimit = settings.hot();
        int pixels = geometry.active() * geometry.rows();
        this.sum = new double[pixels];
        this.squares = new double[pixels];
        // low[0] is the lowest, high[0] the highest of each pixel
        this.low = new double[trim][pixels];
        this.high = new double[trim][pixels];
        this.line = new double[geometry.active()];
        this.stuck = new StuckPixels(adc, pixels);
        Arrays.stream(low).forEach(l -> Arrays.fill(l, Double.POSITIVE_INFINITY));
        Arrays.stream(high).forEach(h -> Arrays.fill(h, Double.NEGATIVE_INFINITY));
    }

    @Override
    public void accept(MemorySegment pixels, BiasLevel bias) {
        for (int y = 0; y < geometry.rows(); y++) {
            int at = y * geometry.active();
            double[] level = {bias.at(y, 0), bias.at(y, 1)};
            for (int x = 0; x < line.length; x++) {
                int value = adc.value(pixels.get(SegmentFrame.WORD, 2L * geometry.index(x, y)) + SegmentFrame.ZERO);
                stuck.see(at + x, value);
                line[x] = value - level[x & 1];
            }
            add(at);
        }
        frames++;
    }

    /** Lets the values of a row pass the lowest, then the highest; what comes out on the other side is summed. */
    private void add(int at) {
        for (double[] l : low) {
            keepLower(l, at);
        }
        // the first frames fill the free places of all pixels alike
        if (frames < trim) {
            return;
        }
        for (double[] h : high) {
            keepHigher(h, at);
        }
        if (frames < 2 * trim) {
            return;
        }
        for (int x = 0; x < line.length; x++) {
            sum[at + x] += line[x];
            squares[at + x] += line[x] * line[x];
        }
    }

    private void keepLower(double[] kept, int at) {
        double[] v = line;
        for (int x = 0; x < v.length; x++) {
            double k = kept[at + x];
            kept[at + x] = Math.min(k, v[x]);
            v[x] = Math.max(k, v[x]);
        }
    }

    private void keepHigher(double[] kept, int at) {
        double[] v = line;
        for (int x = 0; x < v.length; x++) {
            double k = kept[at + x];
            kept[at + x] = Math.max(k, v[x]);
            v[x] = Math.min(k, v[x]);
        }
    }

    @Override
    public int frames() {
        return frames;
    }

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public DarkMap result() {
        double[] level = new double[sum.length];
        double[] noise = new double[sum.length];
        double[] few = new double[frames > 2 * trim ? 0 : frames];
        for (int i = 0; i < sum.length; i++) {
            double s = sum[i];
            double q = squares[i];
            int n = frames - 2 * trim;
            if (n <= 0) {
                gather(i, few);
                int drop = (frames - 1) / 2;
                n = frames - 2 * drop;
                s = 0;
                q = 0;
                for (int k = drop; k < frames - drop; k++) {
                    s += few[k];
                    q += few[k] * few[k];
                }
            }
            level[i] = s / n;
            noise[i] = Math.sqrt(Math.max(0, q / n - level[i] * level[i]));
        }
        return DarkMap.of(level, noise, stuck.result(), hotLimit, frames, "trimmed");
    }

    /** All values of a pixel, ascending, when every one of them is still an extreme. */
    private void gather(int pixel, double[] out) {
        int lows = Math.min(frames, trim);
        for (int k = 0; k < lows; k++) {
            out[k] = low[k][pixel];
        }
        for (int k = 0; k < frames - lows; k++) {
            out[frames - 1 - k] = high[k][pixel];
        }
    }
}
