// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

import java.util.List;

/**
 * Sums of the trend over 10 min, so that months are drawn as fast as hours. They hold for times before a moment; what
 * is younger is summed when it is asked for. Data that come late take the moment back, so that the sums are always
 * those of the rows.
 */
public final class Rollup {
    /** Width of a sum, s. */
    public static final double WIDTH = 600;
    /** Data younger than this, s, may still grow and are not summed. */
    private static final double YOUNG = 3600;

    static final List<String> DDL = List.of("create table if not exists rolled(until double)",
            "create table if not exists cycle_10min(time double, n bigint, live double, clean bigint, lamp bigint,"
                    + " g0 bigint, g2 bigint, g6 bigint, g1 bigint, g8 bigint, missing bigint, due bigint,"
                    + " dark_age double, limited bigint)",
            "create table if not exists segment_10min(time double, ccd utinyint, segment utinyint, n bigint,"
                    + " noise_even double, noise_odd double, even double, odd double, residual double, leak double,"
                    + " saturated bigint, events bigint)",
            "create table if not exists housekeeping_10min(time double, name varchar, n bigint, value double)");

    private static final String CYCLE = "1 as n, live, clean, lamp, g0, g2 + g3 + g4 as g2, g6, g1 + g5 + g7 as g1,"
            + " g8 + g9 + g10 + g11 as g8, expected - present + unusable + lost as missing, expected + lost as due,"
            + " case when isnan(dark_age) then null else dark_age end as dark_age, limited from cycle";
    private static final String SEGMENT = "ccd, segment, 1 as n, noise_even, noise_odd, even, odd, residual, leak,"
            + " saturated, events from segment where usable";
    private static final String HOUSEKEEPING = "name, 1 as n, value from housekeeping";
    private static final String CYCLE_SUMS = "sum(n), sum(live), sum(clean), sum(lamp), sum(g0), sum(g2), sum(g6),"
            + " sum(g1), sum(g8), sum(missing), sum(due), max(dark_age), sum(limited)";
    private static final String SEGMENT_SUMS = "ccd, segment, sum(n), sum(noise_even), sum(noise_odd), sum(even),"
            + " sum(odd), sum(residual), max(leak), sum(saturated), sum(events)";
    private static final String HOUSEKEEPING_SUMS = "name, sum(n), sum(value)";

    private final Sql sql;
    private double until;

    Rollup(Sql sql) {
        this.sql = sql;
        double stored = sql.number("select min(until) from rolled");
        if (Double.isNaN(stored)) {
            sql.run("insert into rolled values (-1e300)");
        }
        until = Double.isNaN(stored) ? -1e300 : stored;
    }

    /** A relation of cycles: rows as they are, or sums over 10 min where there are any. */
    public static String cycles(boolean coarse) {
        return relation("cycle", "select time, " + CYCLE, " where ", coarse);
    }

    /** A relation of usable segment frames: rows as they are, or sums over 10 min where there are any. */
    public static String segments(boolean coarse) {
        return relation("segment", "select time, " + SEGMENT, " and ", coarse);
    }

    /** A relation of housekeeping: rows as they are, or sums over 10 min where there are any. */
    public static String housekeeping(boolean coarse) {
        return relation("housekeeping", "select time, " + HOUSEKEEPING, " where ", coarse);
    }

    private static String relation(String table, String rows, String word, boolean coarse) {
        return coarse ? "(select * from " + table + "_10min union all " + rows + word
                + "time >= (select min(until) from rolled))" : "(" + rows + ")";
    }

    /** Sums what is old enough; part of a transaction of the store. */
    void roll(double last) {
        double next = Math.floor((last - YOUNG) / WIDTH) * WIDTH;
        if (!(next > until)) {
            return;
        }
        String bin = " select floor(time / " + WIDTH + ") * " + WIDTH + " as start, ";
        String which = " where time >= ? and time < ?) group by ";
        sql.run("insert into cycle_10min" + bin + CYCLE_SUMS + " from (select time, " + CYCLE + which + "start", until,
                next);
        sql.run("insert into segment_10min" + bin + SEGMENT_SUMS + " from (select time, " + SEGMENT
                + which.replace("where", "and") + "start, ccd, segment", until, next);
        sql.run("insert into housekeeping_10min" + bin + HOUSEKEEPING_SUMS + " from (select time, " + HOUSEKEEPING
                + which + "start, name", until, next);
        moved(next);
    }

    /** Rows of a time have come; sums that lack them are dropped. Part of a transaction of the store. */
    void late(double time) {
        if (time < until) {
            double start = Math.floor(time / WIDTH) * WIDTH;
            for (String table : List.of("cycle", "segment", "housekeeping")) {
                sql.run("delete from " + table + "_10min where time >= ?", start);
            }
            moved(start);
        }
    }

    private void moved(double to) {
        sql.run("update rolled set until = ?", to);
        until = to;
    }
}
