// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.quicklook.store.CycleRow;
import org.xtendsxi.quicklook.store.EventRows;

/**
 * Counts of a frame group.
 *
 * @param clean events that the screening keeps
 * @param lamp of these, events of the calibration source
 * @param grades events on pixels that are not bad, by grade
 */
record Tally(int clean, int lamp, int[] grades) {
    /** Which events have a bad flag. */
    static boolean[] bad(EventChunk c) {
        long[] status = c.longs("STATUS");
        boolean[] bad = new boolean[status.length];
        for (int i = 0; i < bad.length; i++) {
            bad[i] = (status[i] & StatusFlag.ANY_BAD.bit()) != 0;
        }
        return bad;
    }

    /** Counts the events from one to before another. */
    static Tally of(EventRows r, boolean[] bad, int from, int to) {
        int clean = 0;
        int lamp = 0;
        int[] grades = new int[CycleRow.GRADES];
        for (int i = from; i < to; i++) {
            clean += r.clean()[i] ? 1 : 0;
            lamp += r.clean()[i] && r.lamp()[i] ? 1 : 0;
            int g = r.grade()[i];
            if (!bad[i] && g >= 0 && g < grades.length) {
                grades[g]++;
            }
        }
        return new Tally(clean, lamp, grades);
    }
}
