// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

/**
 * Dark level of every active pixel of a segment above its bias, adu; element RAWY*width + RAWX.
 *
 * <p>The level in double precision decides; {@link #floors} serve the search, which must not miss a pixel.
 */
public final class DarkLevel {
    private final double[] level;
    private final short[] floors;
    private final boolean floorsUsable;

    private DarkLevel(double[] level) {
        this.level = level;
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

    /** A level per pixel, row by row. */
    public static DarkLevel of(double[] level) {
        return new DarkLevel(level.clone());
    }

    /** No dark level. */
    public static DarkLevel zero(int pixels) {
        return new DarkLevel(new double[pixels]);
    }

    /** Number of pixels. */
    public int pixels() {
        return level.length;
    }

    /** Level of a pixel, adu. */
    public double at(int pixel) {
        return level[pixel];
    }

    /** Copy of all levels, adu. */
    public double[] toArray() {
        return level.clone();
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
