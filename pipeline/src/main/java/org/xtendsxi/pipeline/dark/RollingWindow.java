// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;

/**
 * A dark made of the last K frames. While fewer than K frames have come, the dark to begin with stands for each of those
 * that are missing. A rejected value leaves its place empty; a replaced one empties all older places. A pixel whose
 * places are all empty keeps its level.
 *
 * <p>The words of K frames are kept: K times 2 bytes per pixel. Every level is made anew from them, so no error grows.
 */
public abstract sealed class RollingWindow implements FollowingDark permits RollingMean, RollingMedian {
    /** Stands for a value that was not taken; at the rail of every ADC, so never a value. */
    private static final short EMPTY = Short.MAX_VALUE;

    private final FrameGeometry geometry;
    private final DarkMap begin;
    private final DarkRule rule;
    private final String method;
    private final double[] first;
    private final short[][] words;
    private final BiasLevel[] biases;
    private final double[][] row;
    private final LevelBuffer.Pool pool;
    private LevelBuffer current;
    private int frames;
    private DarkCounts counts = DarkCounts.NONE;

    RollingWindow(FrameGeometry geometry, Adc adc, DarkSettings settings, DarkMap begin, String method) {
        this.geometry = geometry;
        this.begin = begin;
        this.rule = new DarkRule(adc, settings);
        this.method = method;
        this.first = begin.level().toArray();
        this.words = new short[settings.frames()][];
        this.biases = new BiasLevel[settings.frames()];
        this.row = new double[settings.frames()][geometry.active()];
        this.pool = new LevelBuffer.Pool(first.length);
        this.current = pool.take();
        for (int i = 0; i < first.length; i++) {
            current.set(i, (float) first[i]);
        }
    }

    /**
     * The level of every list of a row of pixels.
     *
     * @param v values, element [k][x]; infinite if the place is empty; may be changed
     * @param out levels; NaN if all places are empty
     */
    abstract void levels(double[][] v, double[] out);

    @Override
    public final void accept(MemorySegment pixels, BiasLevel bias) {
        int slot = frames % words.length;
        if (words[slot] == null) {
            words[slot] = new short[first.length];
        }
        biases[slot] = bias;
        frames++;
        LevelBuffer next = pool.take();
        int[] n = new int[2];
        int hot = 0;
        double[] out = new double[geometry.active()];
        for (int y = 0; y < geometry.rows(); y++) {
            take(pixels, y, slot, n);
            values(y);
            levels(row, out);
            for (int x = 0; x < out.length; x++) {
                int i = y * out.length + x;
                next.set(i, Double.isNaN(out[x]) ? current.level()[i] : (float) out[x]);
                hot += next.level()[i] > rule.hot() ? 1 : 0;
            }
        }
        counts = new DarkCounts(n[0], n[1], first.length - n[0] - n[1], hot);
        current.release();
        current = next;
    }

    /** Puts a row of the frame into its place, by the rule. */
    private void take(MemorySegment pixels, int y, int slot, int[] n) {
        for (int x = 0; x < geometry.active(); x++) {
            int i = y * geometry.active() + x;
            short word = pixels.get(SegmentFrame.WORD, 2L * geometry.index(x, y));
            float value = value(word, y, x, biases[slot]);
            float diff = value - current.level()[i];
            words[slot][i] = word;
            if (diff > rule.high() || rule.rail(word)) {
                words[slot][i] = EMPTY;
                n[0]++;
            } else if (diff < -rule.low()) {
                for (int k = 0; k < words.length; k++) {
                    if (k != slot && words[k] != null) {
                        words[k][i] = EMPTY;
                    }
                }
                first[i] = value;
                n[1]++;
            }
        }
    }

    private float value(short word, int y, int x, BiasLevel bias) {
        return rule.value(word, rule.whole(bias, y, x & 1), rule.rest(bias, y, x & 1));
    }

    /** Values of a row of pixels, place by place. */
    private void values(int y) {
        int at = y * geometry.active();
        for (int k = 0; k < words.length; k++) {
            double[] v = row[k];
            if (words[k] == null) {
                System.arraycopy(first, at, v, 0, v.length);
                continue;
            }
            short[] from = words[k];
            int[] whole = {rule.whole(biases[k], y, 0), rule.whole(biases[k], y, 1)};
            float[] rest = {rule.rest(biases[k], y, 0), rule.rest(biases[k], y, 1)};
            for (int x = 0; x < v.length; x++) {
                short word = from[at + x];
                v[x] = word == EMPTY ? Double.POSITIVE_INFINITY : rule.value(word, whole[x & 1], rest[x & 1]);
            }
        }
    }

    @Override
    public final LevelBuffer hold() {
        return current.hold();
    }

    @Override
    public final DarkCounts counts() {
        return counts;
    }

    @Override
    public final int frames() {
        return frames;
    }

    @Override
    public final DarkMap result() {
        double[] noise = new double[first.length];
        int missing = Math.max(0, words.length - frames);
        for (int y = 0; y < geometry.rows(); y++) {
            values(y);
            for (int x = 0; x < geometry.active(); x++) {
                int i = y * geometry.active() + x;
                double squares = missing * begin.noise()[i] * begin.noise()[i];
                int n = missing;
                for (int k = 0; k < words.length - missing; k++) {
                    if (row[k][x] != Double.POSITIVE_INFINITY) {
                        double d = row[k][x] - current.level()[i];
                        squares += d * d;
                        n++;
                    }
                }
                noise[i] = n == 0 ? begin.noise()[i] : Math.sqrt(squares / n);
            }
        }
        return DarkMap.of(current.view().toArray(), noise, begin.stuck(), rule.hot(), begin.frames() + frames, method);
    }
}
