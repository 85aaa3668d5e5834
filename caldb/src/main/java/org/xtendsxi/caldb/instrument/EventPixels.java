// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.instrument;

/**
 * Numbering of the 5x5 pixels of an event (energy-chain section 1.1), in RAWX (to the right) and RAWY (up).
 *
 * <pre>
 * RAWY+2:  20 21 22 23 24
 * RAWY+1:  18  6  7  8 19
 * RAWY  :  16  4  0  5 17
 * RAWY-1:  14  1  2  3 15
 * RAWY-2:   9 10 11 12 13
 * </pre>
 *
 * <p>Pixels 0..8 are PHAS_INNER3X3, 9..24 PHAS_OUTER5X5; bit k of P_OUTER_MOST (least significant first) is pixel 9+k.
 */
public final class EventPixels {
    /** Pixels of the inner 3x3, the centre first. */
    public static final int INNER = 9;
    /** Pixels of the outer ring. */
    public static final int OUTER = 16;
    /** Pixels of the 5x5. */
    public static final int ALL = INNER + OUTER;

    private static final int[] DX =
            {0, -1, 0, 1, -1, 1, -1, 0, 1, -2, -1, 0, 1, 2, -2, 2, -2, 2, -2, 2, -2, -1, 0, 1, 2};
    private static final int[] DY =
            {0, -1, -1, -1, 0, 0, 1, 1, 1, -2, -2, -2, -2, -2, -1, -1, 0, 0, 1, 1, 2, 2, 2, 2, 2};

    private EventPixels() {
    }

    /** Offset of a pixel along RAWX, -2..2. */
    public static int dx(int pixel) {
        return DX[pixel];
    }

    /** Offset of a pixel along RAWY, -2..2. */
    public static int dy(int pixel) {
        return DY[pixel];
    }
}
