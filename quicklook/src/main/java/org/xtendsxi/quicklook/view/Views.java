// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.measure.LineFit;
import org.xtendsxi.quicklook.alarm.Evaluator;
import org.xtendsxi.quicklook.store.Rollup;
import org.xtendsxi.quicklook.store.Sql;

/** Makes views from the store. */
public final class Views {
    private static final int PIXELS = 230;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final View.Counters NOTHING = new View.Counters(0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final Sql sql;

    /** Views of a store; the connection is used by one thread at a time. */
    public Views(Sql sql) {
        this.sql = sql;
    }

    /** Makes a view. */
    public View of(ViewQuery q, long revision) {
        double last = sql.number("select max(time) from cycle");
        if (Double.isNaN(last)) {
            return new View(revision, 0, 0, "", q, new View.Picture(q.sky() ? "SKY" : "DET", q.x(), q.y(), 1, 1,
                    new int[0], 0), new View.Channels("", new long[0], 0, 0), List.of(), Map.of(), NOTHING, NOTHING);
        }
        double first = sql.number("select min(time) from cycle");
        double start = q.hours() == 0 ? first : Math.max(first, last - q.hours() * SECONDS_PER_HOUR);
        double from = Trends.coarse(start, last) ? Math.floor(start / Rollup.WIDTH) * Rollup.WIDTH : start;
        LampCounts lamp = LampCounts.of(sql, from, last, q.ccd(), q.segment());
        return new View(revision, from, last, MissionTime.XRISM.calendar(from), q, image(q, from),
                spectrum(q, from, lamp), lines(lamp, LampCounts.before(sql, from)),
                new Trends(sql, from, last, q, lamp).all(), counters(from), counters(first));
    }

    private View.Counters counters(double from) {
        return sql.list("select count(*), sum(expected), sum(present), sum(unusable), sum(lost), sum(events),"
                + " sum(clean), sum(limited), sum(live) from cycle where time >= ?",
                r -> new View.Counters(r.getLong(1), r.getLong(2), r.getLong(3), r.getLong(4), r.getLong(5),
                        r.getLong(6), r.getLong(7), r.getLong(8), r.getDouble(9)), from).getFirst();
    }

    private View.Picture image(ViewQuery q, double from) {
        int bin = Math.max(1, (q.size() + PIXELS - 1) / PIXELS);
        int width = (q.size() + bin - 1) / bin;
        String x = q.sky() ? "x" : "detx";
        String y = q.sky() ? "y" : "dety";
        List<int[]> cells = sql.list("select ((" + x + " - ?) // ?)::integer + ? * ((" + y + " - ?) // ?)::integer"
                + " as cell, count(*) from event where clean and time >= ? and pi between ? and ? and " + x
                + " between ? and ? and " + y + " between ? and ? group by cell order by cell",
                r -> new int[] {r.getInt(1), r.getInt(2)}, q.x(), bin, width, q.y(), bin, from, q.piLow(), q.piHigh(),
                q.x(), q.x() + q.size() - 1, q.y(), q.y() + q.size() - 1);
        int[] flat = new int[2 * cells.size()];
        long total = 0;
        for (int i = 0; i < cells.size(); i++) {
            flat[2 * i] = cells.get(i)[0];
            flat[2 * i + 1] = cells.get(i)[1];
            total += cells.get(i)[1];
        }
        return new View.Picture(q.sky() ? "SKY" : "DET", q.x(), q.y(), bin, width, flat, total);
    }

    private View.Channels spectrum(ViewQuery q, double from, LampCounts lamp) {
        long[] counts = q.lamp() ? lamp.channels(q.ccd(), q.segment()) : field(q, from);
        int end = counts.length;
        while (end > 0 && counts[end - 1] == 0) {
            end--;
        }
        String title = (q.lamp() ? "Calibration source, " : "Field, ") + q.place();
        double exposure = sql.number("select coalesce(sum(live), 0) from cycle where time >= ?", from);
        return new View.Channels(title, Arrays.copyOf(counts, end), Arrays.stream(counts).sum(), exposure);
    }

    private long[] field(ViewQuery q, double from) {
        long[] counts = new long[Sxi.CHANNELS];
        sql.list("select pi, count(*) from event where clean and not lamp and time >= ? and (? < 0 or ccd = ?)"
                + " and (? < 0 or segment = ?) group by pi", r -> new long[] {r.getLong(1), r.getLong(2)}, from,
                q.ccd(), q.ccd(), q.segment(), q.segment()).forEach(v -> counts[(int) v[0]] = v[1]);
        return counts;
    }

    private static List<View.Line> lines(LampCounts counts, LampCounts before) {
        List<View.Line> out = new ArrayList<>();
        for (int ccd = -1; ccd < Sxi.CCDS; ccd++) {
            for (int s = -1; s < Sxi.SEGMENTS; s++) {
                out.add(line(ccd, s, counts, before));
            }
        }
        return out;
    }

    private static View.Line line(int ccd, int segment, LampCounts counts, LampCounts before) {
        Optional<LineFit> fit = LineFit.of(counts.channels(ccd, segment), Evaluator.MN_K_ALPHA);
        if (fit.isEmpty()) {
            return new View.Line(ccd, segment, null, null, null, null, 0, null, null, null, null);
        }
        LineFit v = fit.get();
        Optional<LineFit> b = LineFit.of(before.channels(ccd, segment), Evaluator.MN_K_ALPHA);
        return new View.Line(ccd, segment, v.energy(), v.energyError(), v.fwhm(), v.fwhmError(), v.counts(),
                b.map(w -> v.energy() - w.energy()).orElse(null),
                b.map(w -> Math.hypot(v.energyError(), w.energyError())).orElse(null),
                b.map(w -> v.fwhm() - w.fwhm()).orElse(null),
                b.map(w -> Math.hypot(v.fwhmError(), w.fwhmError())).orElse(null));
    }
}
