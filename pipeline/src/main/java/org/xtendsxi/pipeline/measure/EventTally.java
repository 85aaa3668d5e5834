// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.measure;

import java.nio.file.Path;
import java.util.Optional;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.instrument.StatusFlag;

/**
 * How many events of a file have each STATUS flag, and how many of those without a bad flag have each grade.
 *
 * @param events all events
 * @param flags events by flag, flag n at n-1
 * @param field events without flag 1 off the calibration source by grade, 0 to 11
 * @param lamp events without flag 1 of the calibration source by grade, 0 to 11
 */
public record EventTally(long events, long[] flags, long[] field, long[] lamp) {
    private static final int CHUNK_ROWS = 8192;
    private static final int GRADES = 12;

    /** Counts the events of a calibrated file. */
    public static EventTally of(Path file) {
        long[] flags = new long[StatusFlag.BITS];
        long[] field = new long[GRADES];
        long[] lamp = new long[GRADES];
        long events = 0;
        try (FitsReader f = FitsReader.open(file); EventSource rows = f.table(f.need("EVENTS"), CHUNK_ROWS)) {
            for (Optional<EventChunk> next = rows.next(); next.isPresent(); next = rows.next()) {
                try (EventChunk c = next.get()) {
                    count(c.longs("STATUS"), c.ints("GRADE"), flags, field, lamp);
                    events += c.rows();
                }
            }
        }
        return new EventTally(events, flags, field, lamp);
    }

    private static void count(long[] status, int[] grade, long[] flags, long[] field, long[] lamp) {
        long source = StatusFlag.CALIBRATION_SOURCE.bit();
        for (int i = 0; i < status.length; i++) {
            for (long left = status[i]; left != 0; left &= left - 1) {
                flags[Long.numberOfTrailingZeros(left)]++;
            }
            if (grade[i] >= 0 && grade[i] < GRADES && !StatusFlag.ANY_BAD.in(status[i])) {
                ((status[i] & source) != 0 ? lamp : field)[grade[i]]++;
            }
        }
    }
}
