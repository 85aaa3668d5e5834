// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.view;

import java.util.List;
import org.xtendsxi.quicklook.alarm.Alarm;
import org.xtendsxi.quicklook.store.SourceFile;

/**
 * How the camera is; the JSON of {@code /api/status}. Values that are missing are null.
 *
 * @param revision rises with every change
 * @param program name and version
 * @param directory the watched directory
 * @param state ok, warning, stale or alarm: the worst of all quantities; of an alarm not acknowledged too
 * @param unacknowledged alarms that nobody has acknowledged
 * @param dataset observation, mode and data class of the last cycle
 * @param time last cycle, s of mission time
 * @param date the same as calendar date
 * @param age s since the last cycle was received, when this was made
 * @param staleAfter age from which data are stale, s; null where there is no clock to compare with
 * @param warmed whether the temperature of the video boards was corrected in the last cycle
 * @param totals counts since the beginning of the store
 * @param quantities the watch list
 * @param dark the dark in use, null without one
 * @param housekeeping last values of the series of housekeeping
 * @param segments the last cycle by segment
 * @param alarms open alarms and the last others, the newest first
 * @param files files that need attention first, then the newest
 * @param limits file of the limits
 */
public record Status(long revision, String program, String directory, String state, int unacknowledged, String dataset,
        Double time, String date, Double age, Double staleAfter, boolean warmed, Totals totals, List<Item> quantities,
        Dark dark, List<Series> housekeeping, List<Segment> segments, List<Alarm> alarms, List<SourceFile> files,
        String limits) {

    /**
     * Counts.
     *
     * @param cycles frame groups
     * @param frames segment frames
     * @param lost segment frames lost
     * @param events events extracted
     * @param clean events that the screening keeps
     * @param live live time, s
     * @param limited events dropped by the limit per frame
     */
    public record Totals(long cycles, long frames, long lost, long events, long clean, double live, long limited) {
    }

    /**
     * A quantity.
     *
     * @param name word
     * @param title name for people
     * @param unit unit
     * @param item where it is worst
     * @param value value
     * @param warning limit
     * @param alarm limit
     * @param state ok, warning, stale or alarm
     */
    public record Item(String name, String title, String unit, String item, Double value, Double warning, Double alarm,
            String state) {
    }

    /**
     * A dark.
     *
     * @param method trimmed (mean of dark frames), median (of the first raw frames) or none
     * @param frames frames that went in
     * @param age time from the last of them to the last cycle, s
     */
    public record Dark(String method, int frames, Double age) {
    }

    /**
     * A series of housekeeping.
     *
     * @param name name in the limits file
     * @param value last value of the hour before the last cycle, deg C
     */
    public record Series(String name, Double value) {
    }

    /**
     * A segment in the last cycle.
     *
     * @param ccd CCD_ID
     * @param segment SEGMENT
     * @param name such as CCD1 AB
     * @param even overclock level, adu
     * @param odd overclock level, adu
     * @param noiseEven noise, adu
     * @param noiseOdd noise, adu
     * @param residual level after bias and dark, adu
     * @param leak brightest area, adu
     * @param saturated saturated pixels
     * @param events events
     * @param darkLevel mean dark level, adu
     * @param hot hot pixels
     */
    public record Segment(int ccd, int segment, String name, Double even, Double odd, Double noiseEven, Double noiseOdd,
            Double residual, Double leak, int saturated, int events, Double darkLevel, Integer hot) {
    }
}
