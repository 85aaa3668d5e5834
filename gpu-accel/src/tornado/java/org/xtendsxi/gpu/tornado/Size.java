// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu.tornado;

/**
 * Room on the device.
 *
 * @param words pixels
 * @param darks dark levels
 * @param rows rows to search
 */
record Size(int words, int darks, int rows) {
    /** What the device is given at the least: enough for the self-test in one launch. */
    static final Size LEAST = new Size(1 << 20, 1 << 20, 1 << 13);
    /** The most in one launch: 64 frames of 640 x 640 pixels with overclock fit. */
    static final Size MOST = new Size(1 << 25, 1 << 24, 1 << 17);

    boolean holds(Size s) {
        return s.words <= words && s.darks <= darks && s.rows <= rows;
    }

    Size plus(Size s) {
        return new Size(words + s.words, darks + s.darks, rows + s.rows);
    }

    /** Room for this and another, a little more than needed, so that a plan is seldom made anew. */
    Size grown(Size s) {
        return new Size(up(Math.max(words, s.words), LEAST.words), up(Math.max(darks, s.darks), LEAST.darks / 8),
                up(Math.max(rows, s.rows), LEAST.rows));
    }

    private static int up(int n, int step) {
        return Math.ceilDiv(n, step) * step;
    }
}
