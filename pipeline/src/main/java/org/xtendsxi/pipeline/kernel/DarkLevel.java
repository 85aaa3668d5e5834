// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.util.stream.IntStream;

/**
 * Dark level of every active pixel of a segment above its bias, adu; element RAWY*width + RAWX.
 *
 * <p>The level in double precision decides; {@link #floors} serve the search, which must not miss a pixel.
 */
public final class DarkLevel {
    private static final double[] NONE = {};

    private final double[] level;
    private final float[] single;
    private final short[] floors;
    private final boolean floorsUsable;

    private DarkLevel(double[] level) {
        this.level = level;
        this.single = new float[0];
        this.floors = new short[level.length];
        boolean usable = true;
        for (int i = 0; i < level.length; i++) {
            if (!Double.isFinite(level[i])) {
                throw new IllegalArgumentException("dark level of pixel " + i + " is " + level[i]);
            }
            double f = Math.floor(level[i]);
            usable &= f >= Short.MIN_VALUE;
            floors[i] = (short) Math.clamp((long) f, Short.MIN_VALUE, Short.MAX_VALUE);
        }
        this.floorsUsable = usable;
    }

    private DarkLevel(float[] single, short[] floors) {
        this.level = NONE;
        this.single = single;
        this.floors = floors;
        this.floorsUsable = true;
    }

    /** A level per pixel, row by row. */
    public static DarkLevel of(double[] level) {
        return new DarkLevel(level.clone());
    }

    /**
     * A view of levels that their owner keeps up to date, for darks that follow the frames; nothing is copied.
     *
     * @param level finite, -32768 or more, adu
     * @param floors whole adu at or below the level, limited to 32767
     */
    public static DarkLevel view(float[] level, short[] floors) {
        if (level.length != floors.length) {
            throw new IllegalArgumentException(level.length + " levels, " + floors.length + " floors");
        }
        return new DarkLevel(level, floors);
    }

    /** No dark level. */
    public static DarkLevel zero(int pixels) {
        return new DarkLevel(new double[pixels]);
    }

    /** Number of pixels. */
    public int pixels() {
        return floors.length;
    }

    /** Level of a pixel, adu. */
    public double at(int pixel) {
        return level.length > 0 ? level[pixel] : single[pixel];
    }

    /**
     * Checks that the levels in the five rows about some pixels are finite. Its loads do not wait on each other, so it
     * also brings what the tests of these pixels read next, and they cost less for it than without.
     *
     * @param width pixels of a row
     */
    public void checkAround(Hits hits, int width) {
        double sum = 0;
        int last = pixels() - 1;
        for (int i = 0; i < hits.size(); i++) {
            for (int row = -2; row <= 2; row++) {
                int pixel = hits.get(i) + row * width;
                sum += at(Math.clamp(pixel - 2, 0, last)) + at(Math.clamp(pixel + 2, 0, last));
            }
        }
        if (!Double.isFinite(sum)) {
            throw new IllegalStateException("dark level is not finite");
        }
    }

    /** Copy of all levels, adu. */
    public double[] toArray() {
        return IntStream.range(0, pixels()).mapToDouble(this::at).toArray();
    }

    /** Whole adu at or below the level, limited to 16 bits; shared, not to be changed. */
    short[] floors() {
        return floors;
    }

    /** Whether every floor is at or below its level. */
    boolean floorsUsable() {
        return floorsUsable;
    }
}
