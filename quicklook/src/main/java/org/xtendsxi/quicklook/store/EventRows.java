// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.StatusFlag;

/**
 * What the page needs of calibrated events; arrays with one element per event.
 *
 * @param dataset observation, mode and data class
 * @param time TIME, s
 * @param ccd CCD_ID
 * @param segment SEGMENT
 * @param det DETX, DETY
 * @param sky X, Y
 * @param pi PI
 * @param grade GRADE
 * @param clean whether the screening keeps it
 * @param lamp whether it lies in the area of the calibration source
 */
public record EventRows(String dataset, double[] time, int[] ccd, int[] segment, int[][] det, int[][] sky, int[] pi,
        int[] grade, boolean[] clean, boolean[] lamp) {

    /** Takes the columns of calibrated events. */
    public static EventRows of(String dataset, EventChunk c, boolean[] clean) {
        long[] status = c.longs("STATUS");
        boolean[] lamp = new boolean[c.rows()];
        for (int i = 0; i < lamp.length; i++) {
            lamp[i] = (status[i] & StatusFlag.CALIBRATION_SOURCE.bit()) != 0;
        }
        return new EventRows(dataset, c.doubles("TIME"), c.ints("CCD_ID"), c.ints("SEGMENT"),
                new int[][] {c.ints("DETX"), c.ints("DETY")}, new int[][] {c.ints("X"), c.ints("Y")}, c.ints("PI"),
                c.ints("GRADE"), clean, lamp);
    }

    /** Number of events. */
    public int size() {
        return time.length;
    }
}
