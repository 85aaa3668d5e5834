// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.view;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.quicklook.store.Sql;

/**
 * Good events of the calibration source by PI, read once for all that is made of them.
 *
 * @param segments counts by segment and channel
 * @param times counts by time bin and channel
 * @param width width of a time bin, s
 */
record LampCounts(long[][] segments, long[][] times, double width) {
    /** Number of time bins. */
    static final int BINS = 24;
    private static final double CYCLE = 4;
    private static final double DAY = 86400;

    /**
     * Reads the events from one time to another.
     *
     * @param ccd CCD_ID that the time bins count, -1 for all
     * @param segment SEGMENT that the time bins count, -1 for both
     */
    static LampCounts of(Sql sql, double from, double to, int ccd, int segment) {
        double width = Math.max(CYCLE, (to - from + CYCLE) / BINS);
        long[][] segments = new long[Sxi.ALL_SEGMENTS][Sxi.CHANNELS];
        long[][] times = new long[BINS][Sxi.CHANNELS];
        sql.list("select floor((time - ?) / ?)::integer as bin, ccd, segment, pi, count(*) from event"
                + " where clean and lamp and time >= ? group by bin, ccd, segment, pi", r -> new long[] {r.getLong(1),
                    Sxi.segmentIndex(r.getInt(2), r.getInt(3)), r.getLong(4), r.getLong(5)}, from, width, from)
                .forEach(v -> {
                    if (chosen((int) v[1], ccd, segment)) {
                        times[Math.clamp(v[0], 0, BINS - 1)][(int) v[2]] += v[3];
                    }
                    segments[(int) v[1]][(int) v[2]] += v[3];
                });
        return new LampCounts(segments, times, width);
    }

    /** Reads the events of the day before a time, which the lines of now are compared with. */
    static LampCounts before(Sql sql, double time) {
        long[][] segments = new long[Sxi.ALL_SEGMENTS][Sxi.CHANNELS];
        sql.list("select ccd, segment, pi, count(*) from event where clean and lamp and time >= ? and time < ?"
                + " group by ccd, segment, pi", r -> new long[] {Sxi.segmentIndex(r.getInt(1), r.getInt(2)),
                    r.getLong(3), r.getLong(4)}, time - DAY, time)
                    .forEach(v -> segments[(int) v[0]][(int) v[1]] = v[2]);
        return new LampCounts(segments, new long[0][], DAY);
    }

    private static boolean chosen(int index, int ccd, int segment) {
        return (ccd < 0 || ccd == index / Sxi.SEGMENTS) && (segment < 0 || segment == index % Sxi.SEGMENTS);
    }

    /** The time bins, neighbours joined until there are so many counts in each on average; a divisor of all. */
    long[][] joined(long least) {
        long total = Arrays.stream(times).flatMapToLong(Arrays::stream).sum();
        int most = Math.clamp(total / least, 1, BINS);
        int bins = IntStream.rangeClosed(1, most).filter(n -> BINS % n == 0).max().orElse(1);
        long[][] out = new long[bins][Sxi.CHANNELS];
        for (int b = 0; b < BINS; b++) {
            long[] to = out[b * bins / BINS];
            long[] from = times[b];
            Arrays.setAll(to, c -> to[c] + from[c]);
        }
        return out;
    }

    /**
     * Counts per channel.
     *
     * @param ccd CCD_ID, -1 for all
     * @param segment SEGMENT, -1 for both
     */
    long[] channels(int ccd, int segment) {
        long[] sum = new long[Sxi.CHANNELS];
        for (int i = 0; i < segments.length; i++) {
            if (chosen(i, ccd, segment)) {
                for (int c = 0; c < sum.length; c++) {
                    sum[c] += segments[i][c];
                }
            }
        }
        return sum;
    }
}
