// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.view;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.measure.LineFit;
import org.xtendsxi.quicklook.alarm.Channels;
import org.xtendsxi.quicklook.alarm.Evaluator;
import org.xtendsxi.quicklook.store.Rollup;
import org.xtendsxi.quicklook.store.Sql;

/** The trends of the page: averages over time bins, made by the database. */
final class Trends {
    private static final int BINS = 240;
    private static final double CYCLE = 4;
    /** Counts of the calibration source that a point of the trend of its line has on average at least. */
    private static final int LINE_COUNTS = 200;

    private final Sql sql;
    private final double from;
    private final double to;
    private final ViewQuery query;
    private final LampCounts lamp;
    private final boolean coarse;
    private final double width;
    private final int bins;
    private final Map<String, View.Trend> out = new LinkedHashMap<>();

    Trends(Sql sql, double from, double to, ViewQuery query, LampCounts lamp) {
        this.sql = sql;
        this.from = from;
        this.to = to;
        this.query = query;
        this.lamp = lamp;
        this.coarse = coarse(from, to);
        double step = coarse ? Rollup.WIDTH : CYCLE;
        this.width = Math.max(step, step * Math.ceil((to - from) / BINS / step));
        this.bins = (int) Math.floor((to - from) / width) + 1;
    }

    /** Whether bins are at least as wide as the sums of the store; then the first one must begin with a sum. */
    static boolean coarse(double from, double to) {
        return (to - from) / BINS > Rollup.WIDTH;
    }

    Map<String, View.Trend> all() {
        curve();
        segments();
        cycles();
        housekeeping();
        lines();
        return out;
    }

    private TrendTable table(String title, String unit) {
        return new TrendTable(title, unit, width, bins);
    }

    private static final String BIN = "floor((time - ?) / ?)::integer";

    private void curve() {
        double[] live = new double[bins];
        double[][] counts = new double[2][bins];
        sql.list("select " + BIN + " as bin, sum(live), sum(clean) - sum(lamp), sum(lamp) from " + Rollup.cycles(coarse)
                + " where time >= ? group by bin", r -> new double[] {r.getInt(1), r.getDouble(2), r.getDouble(3),
                    r.getDouble(4)}, from, width, from).forEach(v -> {
                        live[at(v[0])] = v[1];
                        counts[0][at(v[0])] = v[2];
                        counts[1][at(v[0])] = v[3];
                    });
        if (query.piLow() > 0 || query.piHigh() < Sxi.CHANNELS - 1) {
            band(counts);
        }
        TrendTable t = table("Light curve", "counts/s");
        for (int b = 0; b < bins; b++) {
            t.set("field", b, live[b] > 0 ? counts[0][b] / live[b] : Double.NaN);
            t.set("⁵⁵Fe", b, live[b] > 0 ? counts[1][b] / live[b] : Double.NaN);
        }
        out.put("curve", t.build());
    }

    private void band(double[][] counts) {
        Arrays.fill(counts[0], 0);
        Arrays.fill(counts[1], 0);
        sql.list("select " + BIN + " as bin, count(*) filter (where not lamp), count(*) filter (where lamp) from event"
                + " where clean and time >= ? and pi between ? and ? group by bin",
                r -> new double[] {r.getInt(1), r.getDouble(2), r.getDouble(3)}, from, width, from, query.piLow(),
                query.piHigh()).forEach(v -> {
                    counts[0][at(v[0])] = v[1];
                    counts[1][at(v[0])] = v[2];
                });
    }

    private int at(double bin) {
        return (int) Math.clamp(bin, 0, bins - 1);
    }

    private void segments() {
        TrendTable noise = table("Readout noise", "adu");
        TrendTable level = table("Overclock level minus its median", "adu");
        TrendTable residual = table("Level after bias and dark", "adu");
        TrendTable leak = table("Light leak, brightest area", "adu");
        TrendTable saturated = table("Saturated pixels per frame", "pixels");
        TrendTable events = table("Events per segment frame", "events");
        sql.list("select " + BIN + " as bin, ccd, segment, sum(noise_even) / sum(n), sum(noise_odd) / sum(n),"
                + " sum(even) / sum(n), sum(odd) / sum(n), sum(residual) / sum(n), max(leak), sum(saturated) / sum(n),"
                + " sum(events) / sum(n) from " + Rollup.segments(coarse) + " where time >= ?"
                + " group by bin, ccd, segment order by ccd, segment, bin", r -> {
                    double[] v = new double[11];
                    for (int i = 0; i < v.length; i++) {
                        v[i] = r.getDouble(i + 1);
                        v[i] = r.wasNull() ? Double.NaN : v[i];
                    }
                    return v;
                }, from, width, from).forEach(v -> {
                    int bin = (int) v[0];
                    int ccd = (int) v[1];
                    int s = (int) v[2];
                    String name = Channels.segment(ccd, s);
                    noise.set(Channels.asic(ccd, s, false), bin, v[3]).set(Channels.asic(ccd, s, true), bin, v[4]);
                    level.set(Channels.asic(ccd, s, false), bin, v[5]).set(Channels.asic(ccd, s, true), bin, v[6]);
                    residual.set(name, bin, v[7]);
                    leak.set(name, bin, v[8]);
                    saturated.set(name, bin, v[9]);
                    events.set(name, bin, v[10]);
                });
        out.put("noise", noise.build());
        out.put("level", level.lessMedians().build());
        out.put("residual", residual.build());
        out.put("leak", leak.build());
        out.put("saturated", saturated.build());
        out.put("events", events.build());
    }

    private void cycles() {
        TrendTable grades = table("Grade fractions", "%");
        TrendTable loss = table("Segment frames lost", "%");
        TrendTable age = table("Age of the dark", "min");
        TrendTable limited = table("Events dropped by the limit", "events/frame group");
        sql.list("select " + BIN + " as bin, sum(g0), sum(g2), sum(g6), sum(g1), sum(g8),"
                + " 100.0 * sum(missing) / nullif(sum(due), 0), max(dark_age), sum(limited) / sum(n) from "
                + Rollup.cycles(coarse)
                + " where time >= ? group by bin order by bin", r -> {
                    double[] v = new double[9];
                    for (int i = 0; i < v.length; i++) {
                        v[i] = r.getDouble(i + 1);
                        v[i] = r.wasNull() ? Double.NaN : v[i];
                    }
                    return v;
                }, from, width, from).forEach(v -> {
                    int bin = (int) v[0];
                    double all = v[1] + v[2] + v[3] + v[4] + v[5];
                    grades.set("0", bin, 100 * v[1] / all).set("2,3,4", bin, 100 * v[2] / all)
                            .set("6", bin, 100 * v[3] / all).set("1,5,7", bin, 100 * v[4] / all)
                            .set("8–11", bin, 100 * v[5] / all);
                    loss.set("lost", bin, v[6]);
                    age.set("age", bin, v[7] / 60);
                    limited.set("dropped", bin, v[8]);
                });
        out.put("grades", grades.build());
        out.put("loss", loss.build());
        out.put("darkAge", age.build());
        out.put("limited", limited.build());
    }

    private void housekeeping() {
        TrendTable ccd = table("CCD temperature", "°C");
        TrendTable video = table("Video boards", "°C");
        sql.list("select " + BIN + " as bin, name, sum(value) / sum(n) from " + Rollup.housekeeping(coarse)
                + " where time >= ? and time <= ? group by bin, name order by name, bin",
                r -> Map.entry(r.getString(2), new double[] {r.getInt(1), r.getDouble(3)}), from, width, from,
                to + CYCLE)
                .forEach(e -> (e.getKey().startsWith("ccd") ? ccd : video).set(e.getKey(), at(e.getValue()[0]),
                        e.getValue()[1]));
        out.put("temperature", ccd.build());
        out.put("video", video.build());
    }

    private void lines() {
        long[][] counts = lamp.joined(LINE_COUNTS);
        double step = lamp.width() * LampCounts.BINS / counts.length;
        TrendTable energy = new TrendTable("Mn Kα centroid", "eV", step, counts.length);
        TrendTable fwhm = new TrendTable("Mn Kα FWHM", "eV", step, counts.length);
        for (int b = 0; b < counts.length; b++) {
            int bin = b;
            LineFit.of(counts[b], Evaluator.MN_K_ALPHA).ifPresent(f -> {
                energy.set(query.place(), bin, f.energy()).set("error", bin, f.energyError());
                fwhm.set(query.place(), bin, f.fwhm()).set("error", bin, f.fwhmError());
            });
        }
        out.put("lineEnergy", energy.build());
        out.put("lineWidth", fwhm.build());
    }
}
