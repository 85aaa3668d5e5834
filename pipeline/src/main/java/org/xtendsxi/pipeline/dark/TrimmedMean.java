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
    private final double[] low;
    private final double[] high;
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
        this.low = new double[trim * pixels];
        this.high = new double[trim * pixels];
        this.stuck = new StuckPixels(adc, pixels);
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
    }

    @Override
    public void accept(MemorySegment pixels, BiasLevel bias) {
        for (int y = 0; y < geometry.rows(); y++) {
            for (int x = 0; x < geometry.active(); x++) {
                int i = y * geometry.active() + x;
                int value = adc.value(pixels.get(SegmentFrame.WORD, 2L * geometry.index(x, y)) + SegmentFrame.ZERO);
                stuck.see(i, value);
                add(i, value - bias.at(y, x & 1));
            }
        }
        frames++;
    }

    /** Lets a value pass the lowest, then the highest; what comes out on the other side is summed. */
    private void add(int pixel, double value) {
        double v = value;
        // low is kept ascending: the largest of the lowest is last, infinite while places are free
        int first = pixel * trim;
        int last = first + trim - 1;
        if (trim > 0 && v < low[last]) {
            double out = low[last];
            int k = last;
            for (; k > first && low[k - 1] > v; k--) {
                low[k] = low[k - 1];
            }
            low[k] = v;
            v = out;
        }
        if (v == Double.POSITIVE_INFINITY) {
            return;
        }
        // high is kept descending: the smallest of the highest is last
        if (trim > 0 && v > high[last]) {
            double out = high[last];
            int k = last;
            for (; k > first && high[k - 1] < v; k--) {
                high[k] = high[k - 1];
            }
            high[k] = v;
            v = out;
        }
        if (v != Double.NEGATIVE_INFINITY) {
            sum[pixel] += v;
            squares[pixel] += v * v;
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
        System.arraycopy(low, pixel * trim, out, 0, lows);
        for (int k = 0; k < frames - lows; k++) {
            out[frames - 1 - k] = high[pixel * trim + k];
        }
    }
}
