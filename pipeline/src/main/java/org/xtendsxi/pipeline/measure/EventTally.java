// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.measure;

import java.nio.file.Path;
import java.util.Optional;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.RawRows;
import org.xtendsxi.caldb.fits.TableReader;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.StatusFlag;

/**
 * What the events of a file have in all: how many have each STATUS flag, how many of those without a bad flag have each
 * grade, and the shapes of those of the calibration source by energy.
 *
 * @param events all events
 * @param flags events by flag, flag n at n-1
 * @param field events without flag 1 off the calibration source by grade, 0 to 11
 * @param lamp events without flag 1 of the calibration source by grade, 0 to 11
 * @param shapes events without flag 1 of the calibration source by PI from 0, then by ASCA grade of their 3x3, 0 to 7
 */
public record EventTally(long events, long[] flags, long[] field, long[] lamp, long[][] shapes) {
    private static final int CHUNK_ROWS = 8192;
    private static final int GRADES = 12;
    private static final int SHAPES = 8;
    /** Split threshold of the shapes, channels. */
    private static final double SPLIT = 15;

    /** Counts the events of a calibrated file. */
    public static EventTally of(Path file) {
        try (FitsReader f = FitsReader.open(file)) {
            Hdu events = f.need("EVENTS");
            Counter counter = new Counter(new EventSchema(events.columns()));
            try (TableReader rows = f.table(events, CHUNK_ROWS)) {
                for (Optional<TableReader.Range> r = rows.nextRange(); r.isPresent(); r = rows.nextRange()) {
                    RawRows raw = rows.read(r.get());
                    try (var chunk = raw.columns(counter.schema)) {
                        counter.add(raw, chunk.longs("STATUS"), chunk.ints("GRADE"), chunk.ints("PI"));
                    }
                }
            }
            return counter.tally();
        }
    }

    /** Counts events as they go by, in any order. */
    public static final class Counter {
        private final EventSchema schema;
        private final long[] flags = new long[StatusFlag.BITS];
        private final long[] field = new long[GRADES];
        private final long[] lamp = new long[GRADES];
        private final long[][] shapes = new long[Math.toIntExact(EventColumns.PI.max().orElseThrow() + 1)][SHAPES];
        private long events;

        /**
         * Starts with nothing.
         *
         * @param schema columns of the events
         */
        public Counter(EventSchema schema) {
            this.schema = schema;
        }

        /**
         * Counts some rows; several threads may do so at once.
         *
         * @param rows the rows, for their pulse heights
         * @param status their STATUS
         * @param grade their GRADE
         * @param pi their PI
         */
        public void add(RawRows rows, long[] status, int[] grade, int[] pi) {
            boolean[] shaped = new boolean[status.length];
            int many = shaped(status, pi, shaped);
            int[] level = new int[many];
            for (int i = 0, n = 0; i < shaped.length; i++) {
                if (shaped[i]) {
                    level[n++] = pi[i];
                }
            }
            short[] phas = new short[0];
            if (many > 0) {
                try (var chunk = rows.select(shaped).columns(schema)) {
                    phas = chunk.shorts("PHAS");
                }
            }
            synchronized (this) {
                events += status.length;
                count(status, grade, flags, field, lamp);
                for (int n = 0; n < many; n++) {
                    shapes[level[n]][BranchingRatios.grade(phas, n * EventPixels.INNER, SPLIT)]++;
                }
            }
        }

        private static int shaped(long[] status, int[] pi, boolean[] shaped) {
            long lamp = StatusFlag.CALIBRATION_SOURCE.bit();
            long bad = StatusFlag.ANY_BAD.bit();
            int n = 0;
            for (int i = 0; i < shaped.length; i++) {
                shaped[i] = (status[i] & (lamp | bad)) == lamp && !EventColumns.PI.outside(pi[i]);
                n += shaped[i] ? 1 : 0;
            }
            return n;
        }

        /** Sum of all. */
        public EventTally tally() {
            return new EventTally(events, flags, field, lamp, shapes);
        }
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
