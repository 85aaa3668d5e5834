// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;

/**
 * A dark made of the last K frames. While fewer than K frames have come, the dark to begin with stands for each of
 * those that are missing. A rejected value leaves its place empty; a replaced one empties all older places. A pixel
 * whose places are all empty keeps its level.
 *
 * <p>The words of K frames are kept: K times 2 bytes per pixel. Levels are made of them in whole numbers of 1/16384
 * adu, to which the biases are rounded, so no error grows.
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
    private final int[][] offsets;
    private final int sign;
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
        this.offsets = new int[settings.frames()][geometry.active()];
        this.sign = adc.inverted() ? -PARTS : PARTS;
        this.out = new float[geometry.active()];
        this.pool = new LevelBuffer.Pool(first.length);
        this.current = pool.take();
        for (int i = 0; i < first.length; i++) {
            current.set(i, (float) first[i]);
        }
    }

    /**
     * A value has taken the place of another.
     *
     * @param pixel index
     * @param before value that left, in parts of an adu; {@link #NOTHING} if the place was empty
     * @param after value that came, or {@link #NOTHING}
     */
    abstract void entered(int pixel, int before, int after);

    /** All places of a pixel are empty but {@code n}, which have this value, in parts of an adu. */
    abstract void replaced(int pixel, int value, int n);

    /** The levels of row RAWY, adu; NaN if all places of a pixel are empty. */
    abstract void levels(int y, float[] levels);

    @Override
    public final void accept(MemorySegment pixels, BiasLevel bias) {
        int slot = frames % words.length;
        Optional<BiasLevel> old = Optional.ofNullable(biases[slot]);
        if (old.isEmpty()) {
            words[slot] = new short[first.length];
        }
        biases[slot] = bias;
        frames++;
        LevelBuffer next = pool.take();
        int[] n = new int[2];
        int hot = 0;
        for (int y = 0; y < geometry.rows(); y++) {
            take(pixels, y, slot, old, n);
            levels(y, out);
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
    private void take(MemorySegment pixels, int y, int slot, Optional<BiasLevel> old, int[] n) {
        BiasLevel bias = biases[slot];
        int[] whole = {rule.whole(bias, y, 0), rule.whole(bias, y, 1)};
        float[] rest = {rule.rest(bias, y, 0), rule.rest(bias, y, 1)};
        int[] now = {offset(bias, y, 0), offset(bias, y, 1)};
        int[] was = old.map(b -> new int[] {offset(b, y, 0), offset(b, y, 1)}).orElse(now);
        float[] level = current.level();
        short[] place = words[slot];
        for (int x = 0; x < geometry.active(); x++) {
            int i = y * geometry.active() + x;
            short word = pixels.get(SegmentFrame.WORD, 2L * geometry.index(x, y));
            float value = rule.value(word, whole[x & 1], rest[x & 1]);
            float diff = value - level[i];
            int before = old.isEmpty() ? begun(i) : place[i] == EMPTY ? NOTHING : sign * place[i] + was[x & 1];
            int after = sign * word + now[x & 1];
            if (diff > rule.high() || rule.rail(word)) {
                place[i] = EMPTY;
                entered(i, before, NOTHING);
                n[0]++;
            } else if (diff < -rule.low()) {
                for (int k = 0; k < words.length && words[k] != null; k++) {
                    words[k][i] = EMPTY;
                }
                place[i] = word;
                first[i] = (double) after / PARTS;
                replaced(i, after, 1 + Math.max(0, words.length - frames));
                n[1]++;
            } else {
                place[i] = word;
                entered(i, before, after);
            }
        }
    }

    /** Level to begin with, in parts of an adu. */
    final int begun(int pixel) {
        return (int) Math.clamp(Math.rint(first[pixel] * PARTS), 1 - NOTHING, NOTHING - 1);
    }

    /** Offset that joins a word to its value, in parts of an adu. */
    private int offset(BiasLevel bias, int y, int parity) {
        return rule.whole(bias, y, parity) * PARTS + (int) Math.rint((double) rule.rest(bias, y, parity) * PARTS);
    }

    /**
     * Values of a row of pixels, rows in order from 0: element [k][x], {@link #NOTHING} in empty places; may be
     * changed.
     */
    final int[][] values(int y) {
        int at = y * geometry.active();
        for (int k = 0; k < words.length; k++) {
            int[] v = row[k];
            short[] from = words[k];
            if (from == null) {
                for (int x = 0; x < v.length; x++) {
                    v[x] = begun(at + x);
                }
                continue;
            }
            for (int x = 0; x < v.length; x++) {
                v[x] = from[at + x];
            }
            int[] plus = offsets[k];
            if (y == 0 || biases[k].perRow()) {
                int[] pair = {offset(biases[k], y, 0), offset(biases[k], y, 1)};
                Arrays.setAll(plus, x -> pair[x & 1]);
            }
            for (int x = 0; x < v.length; x++) {
                // no branch, so that it becomes vectors: all bits of "there" are set if the place is not empty
                int there = (v[x] - EMPTY) >> 31;
                v[x] = (sign * v[x] + plus[x]) & there | NOTHING & ~there;
            }
        }
        return row;
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
            int[][] v = values(y);
            for (int x = 0; x < geometry.active(); x++) {
                int i = y * geometry.active() + x;
                double squares = missing * begin.noise()[i] * begin.noise()[i];
                int n = missing;
                for (int k = 0; k < words.length - missing; k++) {
                    if (v[k][x] != NOTHING) {
                        double d = (double) v[k][x] / PARTS - current.level()[i];
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
