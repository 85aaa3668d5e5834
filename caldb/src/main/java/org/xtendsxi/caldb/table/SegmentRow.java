// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;

/** Numbering of the 16 combinations (CCD_ID, SEGMENT, READNODE) that key the rows of calibration tables. */
public final class SegmentRow {
    /** Number of combinations. */
    public static final int COUNT = Sxi.ALL_SEGMENTS * 2;

    private SegmentRow() {
    }

    /**
     * Number of a combination.
     *
     * @param ccdId 0..3
     * @param segment 0 or 1
     * @param readNode 0 or 1
     * @return 0..15, or -1 if a value is out of range
     */
    public static int of(int ccdId, int segment, int readNode) {
        boolean legal = ccdId >= 0 && ccdId < Sxi.CCDS && (segment | 1) == 1 && (readNode | 1) == 1;
        return legal ? (ccdId * 2 + segment) * 2 + readNode : -1;
    }

    /** Words for messages. */
    public static String words(int row) {
        int segment = row >> 1 & 1;
        return "CCD_ID " + (row >> 2) + ", SEGMENT " + segment + ", READNODE " + (row & 1) + " (node "
                + ReadNode.letter(segment, row & 1) + ")";
    }
}
