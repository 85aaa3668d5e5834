// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.xtendsxi.pipeline.kernel.DarkLevel;

/**
 * Levels of one moment of a dark that follows the frames. While a reader holds it, it does not change; when the last
 * holder gives it back, its memory serves a later moment.
 */
public final class LevelBuffer {
    private final float[] level;
    private final short[] floors;
    private final DarkLevel view;
    private final Deque<LevelBuffer> spare;
    private final AtomicInteger holders = new AtomicInteger();

    private LevelBuffer(int pixels, Deque<LevelBuffer> spare) {
        this.level = new float[pixels];
        this.floors = new short[pixels];
        this.view = DarkLevel.view(level, floors);
        this.spare = spare;
    }

    /** Buffers of one size; any thread may give back. */
    static final class Pool {
        private final Deque<LevelBuffer> spare = new ConcurrentLinkedDeque<>();
        private final int pixels;

        Pool(int pixels) {
            this.pixels = pixels;
        }

        /** A buffer with one holder; its content is undefined. */
        LevelBuffer take() {
            LevelBuffer b = spare.pollFirst();
            return (b == null ? new LevelBuffer(pixels, spare) : b).hold();
        }
    }

    /** One more holder. */
    LevelBuffer hold() {
        holders.incrementAndGet();
        return this;
    }

    /** One holder less. */
    public void release() {
        if (holders.decrementAndGet() == 0) {
            spare.addFirst(this);
        }
    }

    /** The levels for readers. */
    public DarkLevel view() {
        return view;
    }

    float[] level() {
        return level;
    }

    short[] floors() {
        return floors;
    }

    /** Sets the level of a pixel and its floor. */
    void set(int pixel, float value) {
        float v = Math.max(value, DarkRule.LOWEST);
        level[pixel] = v;
        floors[pixel] = floor(v);
    }

    /** Whole adu at or below a level, limited to 32767. */
    static short floor(float level) {
        int t = (int) level;
        return (short) Math.min(t > level ? t - 1 : t, Short.MAX_VALUE);
    }
}
