// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.quicklook.alarm.Alarm;
import org.xtendsxi.quicklook.alarm.Channels;
import org.xtendsxi.quicklook.alarm.Reading;
import org.xtendsxi.quicklook.alarm.Severity;
import org.xtendsxi.quicklook.limits.Limit;
import org.xtendsxi.quicklook.limits.Limits;
import org.xtendsxi.quicklook.store.Sql;
import org.xtendsxi.quicklook.store.SourceFile;

/** Puts the status together. */
public final class StatusMaker {
    private static final int FILES = 40;
    private static final int ALARMS = 30;
    private static final double HOUR = 3600;

    private final Sql sql;
    private final Limits limits;
    private final String directory;

    /** Status of a store. */
    public StatusMaker(Sql sql, Limits limits, String directory) {
        this.sql = sql;
        this.limits = limits;
        this.directory = directory;
    }

    /** What the last cycle was. */
    private record Last(String dataset, double time, double received, boolean warmed) {
    }

    /**
     * Makes the status.
     *
     * @param readings the watch list
     * @param alarms open alarms and some others
     * @param files all files
     * @param now s since 1970; empty where data are not judged by their age
     */
    public Status make(long revision, List<Reading> readings, List<Alarm> alarms, List<SourceFile> files,
            OptionalDouble now) {
        Last last = sql.list("select dataset, time, received, warmed from cycle order by time desc limit 1",
                r -> new Last(r.getString(1), r.getDouble(2), r.getDouble(3), r.getBoolean(4))).stream().findFirst()
                .orElse(new Last("", Double.NaN, Double.NaN, false));
        double age = now.isPresent() ? Math.max(0, now.getAsDouble() - last.received()) : Double.NaN;
        boolean stale = age > limits.stale();
        List<Status.Item> items = new ArrayList<>();
        Severity worst = Severity.OK;
        for (Reading r : readings) {
            Severity s = stale && r.severity() != Severity.ALARM ? Severity.STALE : r.severity();
            worst = s.compareTo(worst) > 0 ? s : worst;
            Limit l = limits.of(r.quantity().word());
            items.add(new Status.Item(r.quantity().word(), r.quantity().title(), r.quantity().unit(), r.item(),
                    Numbers.rounded(r.value()), Numbers.plain(l.warning()), Numbers.plain(l.alarm()), s.word()));
        }
        for (Alarm a : alarms) {
            if (a.acknowledged() == null || a.active()) {
                Severity s = a.severity().equals(Severity.ALARM.word()) ? Severity.ALARM : Severity.WARNING;
                worst = s.compareTo(worst) > 0 ? s : worst;
            }
        }
        int open = (int) alarms.stream().filter(a -> a.acknowledged() == null).count();
        return new Status(revision, Software.creator(), directory, worst.word(), open, last.dataset(),
                Numbers.plain(last.time()), Double.isNaN(last.time()) ? "" : MissionTime.XRISM.calendar(last.time()),
                Numbers.rounded(age), now.isPresent() ? Double.valueOf(limits.stale()) : null, last.warmed(), totals(),
                items, dark(last), housekeeping(last), segments(), alarms.stream().limit(ALARMS).toList(), files(files),
                limits.file());
    }

    private Status.Totals totals() {
        return sql.list("select count(*), coalesce(sum(present), 0),"
                + " coalesce(sum(expected - present + unusable + lost), 0), coalesce(sum(events), 0),"
                + " coalesce(sum(clean), 0), coalesce(sum(live), 0), coalesce(sum(limited), 0) from cycle",
                r -> new Status.Totals(r.getLong(1), r.getLong(2), r.getLong(3), r.getLong(4), r.getLong(5),
                        r.getDouble(6), r.getLong(7))).getFirst();
    }

    private Status.Dark dark(Last last) {
        return sql.list("select method, frames, greatest(0, ? - time) from dark where dataset = ? order by time desc"
                + " limit 1", r -> new Status.Dark(r.getString(1), r.getInt(2), Numbers.rounded(r.getDouble(3))),
                last.time(), last.dataset()).stream().findFirst().orElse(null);
    }

    private List<Status.Series> housekeeping(Last last) {
        return sql.list("select name, arg_max(value, time) from housekeeping where time > ? group by name"
                + " order by name",
                r -> new Status.Series(r.getString(1), Numbers.rounded(r.getDouble(2))), last.time() - HOUR);
    }

    private List<Status.Segment> segments() {
        Map<String, double[]> darks = new LinkedHashMap<>();
        sql.list("select ccd, segment, arg_max(level, time), arg_max(hot, time) from dark group by ccd, segment",
                r -> Map.entry(Channels.segment(r.getInt(1), r.getInt(2)), new double[] {r.getDouble(3),
                        r.getDouble(4)}))
                .forEach(e -> darks.put(e.getKey(), e.getValue()));
        return sql.list("select ccd, segment, arg_max(even, time), arg_max(odd, time), arg_max(noise_even, time),"
                + " arg_max(noise_odd, time), arg_max(residual, time), arg_max(leak, time), arg_max(saturated, time),"
                + " arg_max(events, time) from segment where time > (select max(time) - 60 from segment) and usable"
                + " group by ccd, segment order by ccd, segment", r -> {
                    String name = Channels.segment(r.getInt(1), r.getInt(2));
                    double[] dark = darks.getOrDefault(name, new double[] {Double.NaN, 0});
                    return new Status.Segment(r.getInt(1), r.getInt(2), name, Numbers.rounded(r.getDouble(3)),
                            Numbers.rounded(r.getDouble(4)), Numbers.rounded(r.getDouble(5)),
                            Numbers.rounded(r.getDouble(6)), Numbers.rounded(r.getDouble(7)),
                            Numbers.rounded(r.getDouble(8)), r.getInt(9), r.getInt(10),
                            Numbers.rounded(dark[0]), (int) dark[1]);
                });
    }

    private static List<SourceFile> files(List<SourceFile> all) {
        return all.stream().filter(f -> f.kind() != SourceFile.Kind.OTHER || f.state() == SourceFile.State.BAD
                || f.state() == SourceFile.State.ARRIVING).sorted(Comparator
                .comparing((SourceFile f) -> f.state() != SourceFile.State.BAD)
                .thenComparing(f -> f.state() == SourceFile.State.DONE || f.state() == SourceFile.State.GONE)
                .thenComparing(Comparator.comparingDouble(SourceFile::changed).reversed())
                .thenComparing(SourceFile::path)).limit(FILES).toList();
    }
}
