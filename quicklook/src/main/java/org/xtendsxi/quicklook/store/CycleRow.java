// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

/**
 * A frame group: all segment frames of one cycle and data class, or the events of 4 s of an event list.
 *
 * @param dataset observation, mode and data class
 * @param framenum FRAMENUM; of an event list the number of the group
 * @param time start of the cycle, s of mission time
 * @param live live time if every segment was read out, else 0, s
 * @param expected segment frames that belong to the cycle; 0 for an event list
 * @param present segment frames in the file
 * @param unusable segment frames that were not read out
 * @param lost segment frames of whole cycles that are missing before this one
 * @param events events extracted
 * @param clean events that the screening keeps, the calibration source included
 * @param lamp of these, events of the calibration source
 * @param grades events by grade 0..11, bad pixels left out
 * @param limited events dropped by the limit per frame
 * @param darkAge time since the last frame of the dark, s; NaN without dark
 * @param warmed whether the temperature of the video boards was corrected
 * @param received when the row was made, s since 1970
 */
public record CycleRow(String dataset, int framenum, double time, double live, int expected, int present, int unusable,
        int lost, int events, int clean, int lamp, int[] grades, long limited, double darkAge, boolean warmed,
        double received) {
    /** Number of grades, 0..11. */
    public static final int GRADES = 12;
}
