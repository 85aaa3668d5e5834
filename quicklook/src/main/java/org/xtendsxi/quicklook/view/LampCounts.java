// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.view;

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

    /** Reads the events from one time to another. */
    static LampCounts of(Sql sql, double from, double to) {
        double width = Math.max(CYCLE, (to - from + CYCLE) / BINS);
        long[][] segments = new long[Sxi.ALL_SEGMENTS][Sxi.CHANNELS];
        long[][] times = new long[BINS][Sxi.CHANNELS];
        sql.list("select floor((time - ?) / ?)::integer as bin, ccd, segment, pi, count(*) from event"
                + " where clean and lamp and time >= ? group by bin, ccd, segment, pi", r -> new long[] {r.getLong(1),
                    Sxi.segmentIndex(r.getInt(2), r.getInt(3)), r.getLong(4), r.getLong(5)}, from, width, from)
                .forEach(v -> {
                    times[Math.clamp(v[0], 0, BINS - 1)][(int) v[2]] += v[3];
                    segments[(int) v[1]][(int) v[2]] += v[3];
                });
        return new LampCounts(segments, times, width);
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
            if ((ccd < 0 || ccd == i / Sxi.SEGMENTS) && (segment < 0 || segment == i % Sxi.SEGMENTS)) {
                for (int c = 0; c < sum.length; c++) {
                    sum[c] += segments[i][c];
                }
            }
        }
        return sum;
    }
}
