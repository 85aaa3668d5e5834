// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import org.xtendsxi.caldb.frame.SegmentFrame;

/**
 * The test "pulse height may reach the threshold" in whole numbers, on stored words.
 *
 * <p>With d and b the floors of dark and bias, floor(v - bias - dark + 0.5) &gt;= t implies v &gt;= t + d + b, because
 * v, t, d and b are whole and the rest is less than 2 - 0.5. In stored words w = v - 32768 this is
 * {@code w >= d + offset}; with inverted polarity, v = max - u, it is {@code w <= offset - d}.
 */
public final class Cut {
    private static final int ANY = -4 * SegmentFrame.ZERO;

    private final PixelPlane plane;
    private final int threshold;

    /** The test for a frame and the lowest pulse height wanted. */
    public Cut(PixelPlane plane, int threshold) {
        this.plane = plane;
        // heights are limited to -32767, so such a threshold lets every pixel through
        this.threshold = threshold <= -PixelPlane.LIMIT ? ANY : threshold;
    }

    /** The offset for pixels of one parity of a row; d in the test is the floor of {@link DarkLevel#at}. */
    public long offset(int rawY, int parity) {
        long level = threshold + (long) Math.floor(plane.bias().at(rawY, parity));
        return (plane.adc().inverted() ? plane.adc().max() - level : level) - SegmentFrame.ZERO;
    }

    /** Whether the offset, limited to 16 bits, and saturated 16-bit arithmetic still find every pixel. */
    boolean shortArithmetic(int rawY) {
        return plane.dark().floorsUsable() && fits(offset(rawY, 0)) && fits(offset(rawY, 1));
    }

    private boolean fits(long offset) {
        // limiting the offset may only loosen the test: down for "w >= ...", up for "w <= ..."
        return plane.adc().inverted() ? offset <= Short.MAX_VALUE : offset >= Short.MIN_VALUE;
    }

    /** The offset limited to 16 bits. */
    short shortOffset(int rawY, int parity) {
        return (short) Math.clamp(offset(rawY, parity), Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
