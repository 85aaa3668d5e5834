// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import java.util.Optional;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.region.Region;

/**
 * Which events of a file count.
 *
 * @param piLow lowest PI
 * @param piHigh highest PI
 * @param grades legal grades as a set of bits; empty takes all
 * @param statusSet STATUS bits that must be set
 * @param statusClear STATUS bits that must be clear
 * @param gti good time, in which the middle of the event's exposure must lie
 * @param region part of its plane, SKY (X and Y) or DET (DETX and DETY); a null position is outside
 */
public record EventFilter(int piLow, int piHigh, Optional<Integer> grades, long statusSet, long statusClear,
        GtiList gti, Region region) {

    /** Everything within good time. */
    public static EventFilter all(GtiList gti) {
        return new EventFilter(Integer.MIN_VALUE, Integer.MAX_VALUE, Optional.empty(), 0, 0, gti, Region.EVERYWHERE);
    }

    /** The same filter for a PI range. */
    public EventFilter pi(int low, int high) {
        return new EventFilter(low, high, grades, statusSet, statusClear, gti, region);
    }

    /** The same filter for a set of grades. */
    public EventFilter grades(int set) {
        return new EventFilter(piLow, piHigh, Optional.of(set), statusSet, statusClear, gti, region);
    }

    /** The same filter with STATUS bits that must be set and clear. */
    public EventFilter status(long set, long clear) {
        return new EventFilter(piLow, piHigh, grades, set, clear, gti, region);
    }

    /** The same filter for a region. */
    public EventFilter region(Region r) {
        return new EventFilter(piLow, piHigh, grades, statusSet, statusClear, gti, r);
    }

    /**
     * Judges a chunk.
     *
     * @param chunk events with TIME, PI and what the filter needs of GRADE, STATUS, X, Y
     * @param timeShift from TIME to the middle of the exposure, s
     * @return whether each event counts; a null PI never does
     */
    public boolean[] judge(EventChunk chunk, double timeShift) {
        int n = chunk.rows();
        double[] time = chunk.doubles("TIME");
        int[] pi = chunk.ints("PI");
        long missing = chunk.schema().column("PI").nullValue().orElse(Long.MIN_VALUE);
        int[] grade = grades.isPresent() ? chunk.ints("GRADE") : new int[0];
        long[] status = (statusSet | statusClear) != 0 ? chunk.longs("STATUS") : new long[0];
        boolean everywhere = region == Region.EVERYWHERE;
        double[] x = everywhere ? new double[0] : chunk.doubles(region.plane().x());
        double[] y = everywhere ? new double[0] : chunk.doubles(region.plane().y());
        boolean[] keep = new boolean[n];
        judge(pi, missing, grade, status, keep);
        judge(time, timeShift, keep);
        for (int i = 0; !everywhere && i < n; i++) {
            keep[i] = keep[i] && within(x[i], y[i]);
        }
        return keep;
    }

    private void judge(int[] pi, long missing, int[] grade, long[] status, boolean[] keep) {
        int wanted = grades.orElse(0);
        for (int i = 0; i < keep.length; i++) {
            keep[i] = pi[i] != missing && pi[i] >= piLow && pi[i] <= piHigh
                    && (grade.length == 0 || Grade.in(wanted, grade[i]))
                    && (status.length == 0 || (status[i] & statusSet) == statusSet && (status[i] & statusClear) == 0);
        }
    }

    private void judge(double[] time, double timeShift, boolean[] keep) {
        for (int i = 0; i < keep.length; i++) {
            keep[i] = keep[i] && gti.contains(time[i] + timeShift);
        }
    }

    private boolean within(double x, double y) {
        return !Double.isNaN(x) && !Double.isNaN(y) && region.contains(x, y);
    }
}
