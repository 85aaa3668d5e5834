// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

/**
 * Rows of a frame that belong together: the whole height in the full window, one sub-exposure each in the 1/8 window.
 *
 * @param rows rows of the frame
 * @param block rows of a block; divides the rows
 * @param margin rows at both ends of a block in which no event may be centred
 */
public record RowBlocks(int rows, int block, int margin) {
    /** Whether an event may be centred in a row. */
    public boolean inside(int rawY) {
        int y = rawY % block;
        return y >= margin && y < block - margin;
    }

    /** Block of a row: the sub-exposure. */
    public int of(int rawY) {
        return rawY / block;
    }

    /** First row of the block of a row; the block ends {@link #block} rows later. */
    public int start(int rawY) {
        return rawY - rawY % block;
    }
}
