// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.extraction;

import java.util.Optional;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.kernel.PixelPlane;

/**
 * Pixels of a CCD as the centre of an event in one segment sees them: beyond the segment border stand the columns of
 * the sister segment, at their place in the RAWX order of the centre's node (frames-and-science section 1.2).
 */
final class CcdPixels {
    /** What stands where there is no pixel. */
    static final int NONE = Sxi.NULL_PULSE_HEIGHT;
    private static final int REACH = 2;

    private final PixelPlane own;
    private final Optional<PixelPlane> sister;
    /** RAWX in the sister of columns -2, -1 and 320, 321; -1 where the CCD ends. */
    private final int[] beyond = new int[2 * REACH];

    CcdPixels(PixelPlane own, Optional<SisterSegment> sister, int segment, int readNode) {
        this.own = own;
        this.sister = sister.map(SisterSegment::plane);
        for (int k = 0; k < beyond.length; k++) {
            int rawX = k < REACH ? k - REACH : Sxi.RAW_COLUMNS + k - REACH;
            int actX = ReadNode.actX(segment, readNode, rawX);
            boolean onCcd = sister.isPresent() && actX >= 1 && actX <= Sxi.ACT_SIZE;
            beyond[k] = onCcd ? ReadNode.rawX(1 - segment, sister.get().readNode(), actX) : -1;
        }
    }

    /** The other segment of the CCD in the same cycle. */
    record SisterSegment(PixelPlane plane, int readNode) {
    }

    /** Whether a column belongs to the centre's own segment. */
    static boolean own(int rawX) {
        return rawX >= 0 && rawX < Sxi.RAW_COLUMNS;
    }

    /** Whether a column, up to two beyond the segment, is a column of the CCD that was read. */
    boolean exists(int rawX) {
        return own(rawX) || beyond[slot(rawX)] >= 0;
    }

    private static int slot(int rawX) {
        return rawX < 0 ? rawX + REACH : rawX - Sxi.RAW_COLUMNS + REACH;
    }

    /** Pulse height of a pixel in an existing row, {@link #NONE} off the CCD. */
    int height(int rawX, int rawY) {
        if (own(rawX)) {
            return own.height(rawX, rawY);
        }
        int column = beyond[slot(rawX)];
        return column < 0 ? NONE : sister.orElseThrow().height(column, rawY);
    }
}
