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
 * <p>The words of K frames are kept: K times 2 bytes per pixel. Every level is made anew from them, so no error grows. That
 * is done row by row in whole numbers of 1/16384 adu, to which the biases are rounded: loops over them become vectors.
 */
public abstract sealed class RollingWindow implements FollowingDark permits RollingMean, RollingMedian {
    /** Stands for a value that was not taken; at the rail of every ADC, so never a value. */
    private static final short EMPTY = Short.MAX_VALUE;
    /** Parts of an adu: as many as let every value above the bias be an int below {@link #NOTHING}. */
    static final int PARTS = 1 << 14;
    /** Stands for an empty place in a row of values; every value lies below it by less than 2^31. */
    static final int NOTHING = 1 << 30;

    private final FrameGeometry geometry;
    private final DarkMap begin;
    private final DarkRule rule;
    private final String method;
    private final double[] first;
    private final short[][] words;
    private final BiasLevel[] biases;
    private final int[][] row;
    private final int[][] offset;
    private final float[] out;
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
        this.row = new int[settings.frames()][geometry.active()];
        this.offset = new int[settings.frames()][geometry.active()];
        this.out = new float[geometry.active()];
        this.pool = new LevelBuffer.Pool(first.length);
        this.current = pool.take();
        for (int i = 0; i < first.length; i++) {
            current.set(i, (float) first[i]);
        }
    }

    /**
     * The level of every list of a row of pixels.
     *
     * @param v values in parts of an adu, element [k][x]; {@link #NOTHING} if the place is empty; may be changed
     * @param levels adu; NaN if all places are empty
     */
    abstract void levels(int[][] v, float[] levels);

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
        for (int y = 0; y < geometry.rows(); y++) {
            take(pixels, y, slot, n);
            values(y);
            levels(row, out);
            for (int x = 0; x < out.length; x++) {
                int i = y * out.length + x;
                next.set(i, Float.isNaN(out[x]) ? current.level()[i] : out[x]);
                hot += next.level()[i] > rule.hot() ? 1 : 0;
            }
        }
        counts = new DarkCounts(n[0], n[1], first.length - n[0] - n[1], hot);
        current.release();
        current = next;
    }

    /** Puts a row of the frame into its place, by the rule. */
    private void take(MemorySegment pixels, int y, int slot, int[] n) {
        int[] whole = {rule.whole(biases[slot], y, 0), rule.whole(biases[slot], y, 1)};
        float[] rest = {rule.rest(biases[slot], y, 0), rule.rest(biases[slot], y, 1)};
        for (int x = 0; x < geometry.active(); x++) {
            int i = y * geometry.active() + x;
            short word = pixels.get(SegmentFrame.WORD, 2L * geometry.index(x, y));
            float value = rule.value(word, whole[x & 1], rest[x & 1]);
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

    /** Values of a row of pixels, place by place. */
    private void values(int y) {
        int at = y * geometry.active();
        for (int k = 0; k < words.length; k++) {
            int[] v = row[k];
            short[] from = words[k];
            if (from == null) {
                for (int x = 0; x < v.length; x++) {
                    v[x] = (int) Math.clamp(Math.rint(first[at + x] * PARTS), 1 - NOTHING, NOTHING - 1);
                }
                continue;
            }
            if (y == 0 || biases[k].perRow()) {
                offsets(biases[k], y, offset[k]);
            }
            int[] plus = offset[k];
            int sign = rule.adc().inverted() ? -PARTS : PARTS;
            for (int x = 0; x < v.length; x++) {
                // no branch: all bits of "there" are set if the place is not empty
                int word = from[at + x];
                int there = (word - EMPTY) >> 31;
                v[x] = (sign * word + plus[x]) & there | NOTHING & ~there;
            }
        }
    }

    private void offsets(BiasLevel bias, int y, int[] line) {
        for (int x = 0; x < line.length; x++) {
            line[x] = rule.whole(bias, y, x & 1) * PARTS + (int) Math.rint(rule.rest(bias, y, x & 1) * PARTS);
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
                    if (row[k][x] != NOTHING) {
                        double d = (double) row[k][x] / PARTS - current.level()[i];
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
