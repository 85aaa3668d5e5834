// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.gti;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/** Good time from rows of housekeeping that fulfil a condition (events-coords-screening section 11.3), in one pass. */
public final class GtiMaker {
    private final double before;
    private final double after;
    private final List<Gti> found = new ArrayList<>();
    private double last = Double.NaN;
    private double start = Double.NaN;

    private GtiMaker(double before, double after) {
        this.before = before;
        this.after = after;
    }

    /**
     * Makes the intervals.
     *
     * @param rows table with a column TIME; not closed
     * @param condition whether each row of a chunk is good
     * @param before share of the gap before a run of good rows that is good too (prefr), 0..1
     * @param after share of the gap behind it (postfr), 0..1; a row of EHK or MKF holds until the next, which is 1
     */
    public static GtiList make(EventSource rows, Function<EventChunk, boolean[]> condition, double before,
            double after) {
        GtiMaker m = new GtiMaker(before, after);
        for (Optional<EventChunk> next = rows.next(); next.isPresent(); next = rows.next()) {
            try (EventChunk chunk = next.get()) {
                m.add(chunk.doubles("TIME"), condition.apply(chunk), chunk.firstRow());
            }
        }
        m.end(m.last);
        return GtiList.of(m.found);
    }

    /**
     * Time that is good in every ingredient. FTOOLS takes an empty table for no restriction; here it is an error,
     * because it means that nothing was good.
     *
     * @param ingredients good time by name, such as GTIEHK
     */
    public static GtiList and(Map<String, GtiList> ingredients) {
        Optional<GtiList> all = Optional.empty();
        for (Map.Entry<String, GtiList> e : ingredients.entrySet()) {
            if (e.getValue().isEmpty()) {
                throw SxiException.data("ingredient of the good time is empty").hdu(e.getKey())
                        .todo("look at its expression, or leave it out").build();
            }
            all = Optional.of(all.map(a -> a.and(e.getValue())).orElse(e.getValue()));
        }
        return all.orElse(GtiList.EMPTY);
    }

    private void add(double[] time, boolean[] good, long firstRow) {
        for (int i = 0; i < time.length; i++) {
            double t = time[i];
            if (Double.isNaN(t)) {
                throw SxiException.data("time is null").row(firstRow + i + 1).column("TIME")
                        .todo("repair the housekeeping file").build();
            }
            boolean inOrder = t >= last;
            if (!Double.isNaN(start) && (!good[i] || !inOrder)) {
                end(inOrder ? last + after * (t - last) : last);
            }
            if (good[i] && Double.isNaN(start)) {
                start = inOrder ? t - before * (t - last) : t;
            }
            last = t;
        }
    }

    private void end(double stop) {
        if (!Double.isNaN(start)) {
            found.add(new Gti(start, stop));
            start = Double.NaN;
        }
    }
}
