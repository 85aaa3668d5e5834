// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.table.SegmentRow;

/**
 * Addresses of the events of a chunk as the tasks use them.
 *
 * @param use whether an event is used
 * @param segmentRow {@link SegmentRow}
 * @param rawX 0..319
 * @param actX 1..640
 * @param actY 1..640
 */
public record Events(boolean[] use, int[] segmentRow, int[] rawX, int[] actX, int[] actY) {
    /** Takes the selected events of a chunk; those with an impossible address are not used. */
    public static Events of(EventChunk c, Selection selection) {
        boolean[] use = selection.of(c);
        int[] ccd = c.ints("CCD_ID");
        int[] segment = c.ints("SEGMENT");
        int[] node = c.ints("READNODE");
        int[] row = new int[ccd.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = SegmentRow.of(ccd[i], segment[i], node[i]);
            use[i] &= row[i] >= 0;
        }
        return new Events(use, row, c.ints("RAWX"), c.ints("ACTX"), c.ints("ACTY"));
    }

    /** CCD_ID of an event. */
    public int ccd(int i) {
        return segmentRow[i] >> 2;
    }
}
