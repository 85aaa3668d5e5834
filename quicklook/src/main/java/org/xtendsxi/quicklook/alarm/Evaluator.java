// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.alarm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.measure.LineFit;
import org.xtendsxi.quicklook.limits.Limits;
import org.xtendsxi.quicklook.store.Sql;

/** Reads the watch list from the store: what is in the cycles since the last look, against the limits. */
public final class Evaluator {
    /** Mn K alpha of the calibration source, eV (K alpha 1 and 2 weighted 2 to 1). */
    public static final double MN_K_ALPHA = 5895;
    private static final double TREND = 3600;
    private static final double LOSS_WINDOW = 600;
    private static final double GRADE_WINDOW = 1800;
    private static final double LINE_WINDOW = 14400;
    private static final int TREND_ROWS = 15;
    private static final int FROZEN_ROWS = 60;
    private static final int MIN_GRADES = 300;
    private static final double ERRORS = 2;

    private final Sql sql;
    private final Limits limits;
    private final Map<Quantity, Reading> readings = new EnumMap<>(Quantity.class);

    /** Prepares. */
    public Evaluator(Sql sql, Limits limits) {
        this.sql = sql;
        this.limits = limits;
        for (Quantity q : Quantity.values()) {
            readings.put(q, new Reading(q, "", Double.NaN, Severity.OK));
        }
    }

    /**
     * Reads all quantities.
     *
     * @param since data time up to which was read before, s
     * @param latest data time of the last cycle, s
     * @param badFiles files that cannot be used
     * @return one reading per quantity
     */
    public List<Reading> read(double since, double latest, int badFiles) {
        put(Quantity.BAD_FILES, new Worst().see("", badFiles));
        if (latest > since) {
            overclock(since, latest);
            pixels(since);
            frozen(latest);
            cycles(since, latest);
            dark(latest);
            line(latest);
            temperature(since, latest);
        }
        return List.copyOf(readings.values());
    }

    /** The item of the largest size. */
    private static final class Worst {
        private String item = "";
        private double value = Double.NaN;

        Worst see(String name, double v) {
            if (!Double.isNaN(v) && (Double.isNaN(value) || Math.abs(v) > Math.abs(value))) {
                item = name;
                value = v;
            }
            return this;
        }
    }

    private void put(Quantity q, Worst w) {
        readings.put(q, new Reading(q, w.item, w.value, Severity.of(w.value, limits.of(q.word()))));
    }

    /** Highest and lowest values of a channel. */
    private record Level(int ccd, int segment, double[] values, long rows) {
        String asic(boolean odd) {
            return Channels.asic(ccd, segment, odd);
        }
    }

    private List<Level> levels(String columns, int count, String where, Object... values) {
        return sql.list("select ccd, segment, count(*), " + columns + " from segment where usable and " + where
                + " group by ccd, segment order by ccd, segment", r -> {
                    double[] v = new double[count];
                    for (int i = 0; i < count; i++) {
                        v[i] = r.getDouble(4 + i);
                        v[i] = r.wasNull() ? Double.NaN : v[i];
                    }
                    return new Level(r.getInt(1), r.getInt(2), v, r.getLong(3));
                }, values);
    }

    private void overclock(double since, double latest) {
        Map<String, Level> trend = new HashMap<>();
        levels("median(even), median(odd), median(noise_even), median(noise_odd)", 4, "time > ? and time <= ?",
                latest - TREND, since).forEach(t -> trend.put(t.asic(false), t));
        Worst noise = new Worst();
        Worst ratio = new Worst();
        Worst step = new Worst();
        for (Level n
                : levels("max(noise_even), max(noise_odd), median(noise_even), median(noise_odd), min(even), max(even),"
                + " min(odd), max(odd)", 8, "time > ?", since)) {
            noise.see(n.asic(false), n.values[0]).see(n.asic(true), n.values[1]);
            Level t = trend.get(n.asic(false));
            if (t != null && t.rows >= TREND_ROWS) {
                ratio.see(n.asic(false), n.values[2] / t.values[2]).see(n.asic(true), n.values[3] / t.values[3]);
                step.see(n.asic(false), n.values[4] - t.values[0]).see(n.asic(false), n.values[5] - t.values[0])
                        .see(n.asic(true), n.values[6] - t.values[1]).see(n.asic(true), n.values[7] - t.values[1]);
            }
        }
        put(Quantity.NOISE, noise);
        put(Quantity.NOISE_RATIO, ratio);
        put(Quantity.OVERCLOCK_STEP, step);
    }

    private void pixels(double since) {
        Worst residual = new Worst();
        Worst leak = new Worst();
        Worst saturation = new Worst();
        Worst burst = new Worst();
        levels("min(residual), max(residual), max(leak), max(saturated_block), max(events)", 5, "time > ?", since)
                .forEach(l -> {
                    String name = Channels.segment(l.ccd, l.segment);
                    residual.see(name, l.values[0]).see(name, l.values[1]);
                    leak.see(name, l.values[2]);
                    saturation.see(name, l.values[3]);
                    burst.see(name, l.values[4]);
                });
        put(Quantity.DARK_RESIDUAL, residual);
        put(Quantity.LIGHT_LEAK, leak);
        put(Quantity.SATURATION, saturation);
        put(Quantity.BURST, burst);
    }

    /** Cycles at the end in which the mean level of a channel stayed the same to the last bit. */
    private void frozen(double latest) {
        Worst w = new Worst();
        sql.list("with last as (select ccd, segment, time, even, odd from segment where usable and time > ?),"
                + " now as (select ccd, segment, arg_max(even, time) as e, arg_max(odd, time) as o from last"
                + " group by ccd, segment),"
                + " change as (select ccd, segment, coalesce(max(time) filter (where even <> e), 0) as e,"
                + " coalesce(max(time) filter (where odd <> o), 0) as o from now join last using (ccd, segment)"
                + " group by ccd, segment)"
                + " select ccd, segment, count(*) filter (where time > e), count(*) filter (where time > o)"
                + " from change join last using (ccd, segment) group by ccd, segment",
                r -> new double[] {r.getInt(1), r.getInt(2), r.getDouble(3), r.getDouble(4)},
                latest - 4.0 * FROZEN_ROWS).forEach(v -> w
                        .see(Channels.asic((int) v[0], (int) v[1], false), v[2] - 1)
                        .see(Channels.asic((int) v[0], (int) v[1], true), v[3] - 1));
        put(Quantity.FROZEN, w);
    }

    private void cycles(double since, double latest) {
        put(Quantity.FRAME_LOSS, new Worst().see("", sql.number(
                "select 100.0 * sum(expected - present + unusable + lost) / nullif(sum(expected + lost), 0) from cycle"
                        + " where time > ?", latest - LOSS_WINDOW)));
        put(Quantity.EVENT_LIMIT, new Worst().see("", sql.number("select sum(limited) from cycle where time > ?",
                since)));
        put(Quantity.DARK_AGE, new Worst().see("", sql.number(
                "select max(dark_age) filter (where not isnan(dark_age)) from cycle where time > ?", since)));
        put(Quantity.SILENCE, new Worst().see("", sql.number("select count(*) from cycle where time > greatest(?,"
                + " (select coalesce(max(time), 0) from cycle where events > 0))", latest - TREND)));
        put(Quantity.NOISE_METER, new Worst().see("", sql.number("select case when sum(g0+g1+g2+g3+g4+g5+g6+g7) >= "
                + MIN_GRADES
                        + " then 100.0 * sum(g1+g5+g7) / sum(g0+g1+g2+g3+g4+g5+g6+g7) end from cycle where time > ?",
                latest - GRADE_WINDOW)));
    }

    private void dark(double latest) {
        Worst w = new Worst();
        sql.list("select ccd, segment, arg_max(hot, time) from dark where time <= ? group by ccd, segment",
                r -> new int[] {r.getInt(1), r.getInt(2), r.getInt(3)}, latest)
                .forEach(v -> w.see(Channels.segment(v[0], v[1]), v[2]));
        put(Quantity.HOT_PIXELS, w);
    }

    private void line(double latest) {
        Worst shift = new Worst();
        Worst width = new Worst();
        for (int ccd = 0; ccd < Sxi.CCDS; ccd++) {
            String name = "CCD" + (ccd + 1);
            fit(sql, "ccd = ? and time > ?", ccd, latest - LINE_WINDOW).ifPresent(f -> {
                double d = f.energy() - MN_K_ALPHA;
                shift.see(name, Math.signum(d) * Math.max(0, Math.abs(d) - ERRORS * f.energyError()));
                width.see(name, f.fwhm() - ERRORS * f.fwhmError());
            });
        }
        put(Quantity.LINE_SHIFT, shift);
        put(Quantity.LINE_WIDTH, width);
    }

    /** Mn K alpha of the good events of the calibration source that a condition selects. */
    public static Optional<LineFit> fit(Sql sql, String where, Object... values) {
        long[] counts = new long[Sxi.CHANNELS];
        sql.list("select pi, count(*) from event where clean and lamp and " + where + " group by pi",
                r -> new long[] {r.getLong(1), r.getLong(2)}, values).forEach(v -> counts[(int) v[0]] = v[1]);
        return LineFit.of(counts, MN_K_ALPHA);
    }

    private void temperature(double since, double latest) {
        Worst ccd = new Worst();
        Worst video = new Worst();
        sql.list("select name, min(value) filter (where time > ?), max(value) filter (where time > ?), median(value),"
                + " count(*) from housekeeping where time > ? and time <= ? group by name",
                r -> Map.entry(r.getString(1), new double[] {value(r.getDouble(2), r.wasNull()),
                    value(r.getDouble(3), r.wasNull()), r.getDouble(4), r.getLong(5)}),
                since - 8, since - 8, latest - TREND, latest + 8).forEach(e -> {
                    double[] v = e.getValue();
                    if (e.getKey().startsWith("ccd")) {
                        double t = limits.nominalTemperature();
                        ccd.see(e.getKey(), v[0] - t).see(e.getKey(), v[1] - t);
                    } else if (e.getKey().startsWith("video") && v[3] >= TREND_ROWS) {
                        video.see(e.getKey(), v[0] - v[2]).see(e.getKey(), v[1] - v[2]);
                    }
                });
        put(Quantity.TEMPERATURE, ccd);
        put(Quantity.VIDEO_TEMPERATURE, video);
    }

    private static double value(double v, boolean missing) {
        return missing ? Double.NaN : v;
    }
}
