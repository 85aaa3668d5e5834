// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.FrameTiming;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/**
 * Follows which segments were read out in which cycle, and what live time follows from it (events-coords-screening
 * sections 6.2 and 11.5). Rows come in time order, all segments of a cycle together.
 */
public final class ExposureLog {
    private final FrameTiming timing;
    private double[] times = new double[1024];
    private byte[] segments = new byte[1024];
    private int cycles;
    private int number;
    private int seen;
    private long unusable;
    private long events;

    /** An empty log of frames with a timing. */
    public ExposureLog(FrameTiming timing) {
        this.timing = timing;
    }

    /**
     * Takes a row.
     *
     * @throws SxiException (data) if time runs backwards or a segment comes twice in a cycle
     */
    public void accept(SegmentExposure e) {
        if (cycles == 0 || e.number() != number || e.time() != times[cycles - 1]) {
            if (cycles > 0 && e.time() <= times[cycles - 1]) {
                throw bad(e, "TIME", "cycles are not in time order", "after " + times[cycles - 1], e.time());
            }
            if (cycles == times.length) {
                times = Arrays.copyOf(times, 2 * cycles);
                segments = Arrays.copyOf(segments, 2 * cycles);
            }
            number = e.number();
            times[cycles++] = e.time();
        }
        int bit = 1 << Sxi.segmentIndex(e.ccdId(), e.segment());
        if ((segments[cycles - 1] & bit) != 0) {
            throw bad(e, "SEGMENT", "segment comes twice in a cycle", "once", e.ccdId() + "/" + e.segment());
        }
        seen |= bit;
        events += e.events();
        if (e.usable()) {
            segments[cycles - 1] |= (byte) bit;
        } else {
            unusable++;
        }
    }

    private static SxiException bad(SegmentExposure e, String column, String what, Object limit, Object value) {
        return SxiException.data(what).hdu("FRAMES").column(column).value(value + ", FRAMENUM " + e.number())
                .limit(limit).todo("sort or repair the rows").build();
    }

    /** Live intervals of the cycles in which every segment of the observation was read out: the mode GTI. */
    public GtiList live() {
        return live(seen);
    }

    /** Live intervals of one segment. */
    public GtiList live(int ccdId, int segment) {
        return live(1 << Sxi.segmentIndex(ccdId, segment));
    }

    private GtiList live(int wanted) {
        List<Gti> all = new ArrayList<>();
        for (int c = 0; c < cycles; c++) {
            if (wanted != 0 && (segments[c] & wanted) == wanted) {
                for (int i = 0; i < timing.exposures(); i++) {
                    double start = times[c] + timing.liveStart(i);
                    all.add(new Gti(start, start + timing.liveTime(i)));
                }
            }
        }
        return GtiList.of(all);
    }

    /**
     * Counts for the report.
     *
     * @param cycles cycles with at least one frame
     * @param incomplete cycles that lack a segment or in which one was not read out
     * @param lost cycles missing altogether between first and last
     * @param missing segment frames missing in the cycles that exist
     * @param unusable segment frames that were not read out
     * @param events events found
     */
    public record Summary(long cycles, long incomplete, long lost, long missing, long unusable, long events) {
    }

    /** The counts so far. */
    public Summary summary() {
        long incomplete = 0;
        long lost = 0;
        long present = 0;
        for (int c = 0; c < cycles; c++) {
            incomplete += (segments[c] & 0xff) == seen ? 0 : 1;
            present += Integer.bitCount(segments[c] & 0xff);
            lost += c == 0 ? 0 : Math.max(0, Math.round((times[c] - times[c - 1]) / timing.nominal()) - 1);
        }
        return new Summary(cycles, incomplete, lost, (long) cycles * Integer.bitCount(seen) - present - unusable,
                unusable, events);
    }
}
