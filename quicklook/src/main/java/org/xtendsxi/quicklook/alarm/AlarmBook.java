// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.alarm;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.quicklook.limits.Limit;
import org.xtendsxi.quicklook.limits.Limits;
import org.xtendsxi.quicklook.store.Sql;

/**
 * The log of alarms, kept in the store. One entry per quantity is active at a time; it takes the worst that was seen,
 * is cleared when the quantity has been within its limits for a minute of data, and wants to be acknowledged.
 */
public final class AlarmBook {
    /** Data time within the limits after which an alarm is cleared, s. */
    private static final double CALM = 60;
    private static final String COLUMNS = "id, quantity, item, severity, value, threshold, time, raised, cleared,"
            + " acknowledged, by_whom, remark";

    private final Sql sql;
    private final Limits limits;
    private final Map<String, Alarm> active = new HashMap<>();
    private final Map<String, Double> lastBad = new HashMap<>();

    /** Opens the log. */
    public AlarmBook(Sql sql, Limits limits) {
        this.sql = sql;
        this.limits = limits;
        sql.list("select " + COLUMNS + " from alarm where cleared is null", AlarmBook::alarm).forEach(a -> {
            active.put(a.quantity(), a);
            lastBad.put(a.quantity(), a.time());
        });
    }

    private static Alarm alarm(ResultSet r) throws SQLException {
        String word = r.getString(2);
        Quantity q = of(word);
        return new Alarm(r.getLong(1), word, q.title(), r.getString(3), r.getString(4), r.getDouble(5), q.unit(),
                r.getString(6), r.getDouble(7), r.getDouble(8), boxed(r, 9), boxed(r, 10), r.getString(11),
                r.getString(12));
    }

    private static Double boxed(ResultSet r, int column) throws SQLException {
        double v = r.getDouble(column);
        return r.wasNull() ? null : Double.valueOf(v);
    }

    private static Quantity of(String word) {
        for (Quantity q : Quantity.values()) {
            if (q.word().equals(word)) {
                return q;
            }
        }
        throw new IllegalStateException("no quantity " + word);
    }

    /**
     * Takes readings.
     *
     * @param readings one per quantity
     * @param time data time of the last cycle, s
     * @param now s since 1970
     * @return lines for the log, of what is new
     */
    public synchronized List<String> take(List<Reading> readings, double time, double now) {
        List<String> lines = new ArrayList<>();
        for (Reading r : readings) {
            String word = r.quantity().word();
            Alarm a = active.get(word);
            if (r.severity() != Severity.OK) {
                lastBad.put(word, time);
                if (a == null) {
                    lines.add(raise(r, time, now));
                } else if (worse(r, a)) {
                    escalate(a, r).ifPresent(lines::add);
                }
            } else if (a != null && (time - lastBad.getOrDefault(word, time) >= CALM
                    || r.quantity() == Quantity.BAD_FILES)) {
                sql.run("update alarm set cleared = ? where id = ?", now, a.id());
                active.remove(word);
                lines.add("cleared: " + r.quantity().title());
            }
        }
        return lines;
    }

    private static boolean worse(Reading r, Alarm a) {
        return Math.abs(r.value()) > Math.abs(a.value());
    }

    private String raise(Reading r, double time, double now) {
        Limit l = limits.of(r.quantity().word());
        long id = (long) sql.number("select coalesce(max(id), 0) + 1 from alarm");
        Alarm a = new Alarm(id, r.quantity().word(), r.quantity().title(), r.item(), r.severity().word(), r.value(),
                r.quantity().unit(), "warning " + text(l.warning()) + ", alarm " + text(l.alarm()), time, now, null,
                null, "", "");
        sql.run("insert into alarm values (?,?,?,?,?,?,?,?,null,null,'','')", a.id(), a.quantity(), a.item(),
                a.severity(), a.value(), a.threshold(), a.time(), a.raised());
        active.put(a.quantity(), a);
        return line(a);
    }

    private static String text(double limit) {
        return Double.isInfinite(limit) ? "off" : limit == Math.rint(limit) ? Long.toString((long) limit)
                : Double.toString(limit);
    }

    private static String line(Alarm a) {
        return String.format("%s: %s %s %.4g %s (%s)", a.severity(), a.title(), a.item(), a.value(), a.unit(),
                a.threshold()).replaceAll(" +", " ");
    }

    /** A warning that becomes an alarm wants to be acknowledged again. */
    private Optional<String> escalate(Alarm a, Reading r) {
        boolean higher = !r.severity().word().equals(a.severity()) && r.severity() == Severity.ALARM;
        Alarm b = new Alarm(a.id(), a.quantity(), a.title(), r.item(), higher ? r.severity().word() : a.severity(),
                r.value(), a.unit(), a.threshold(), a.time(), a.raised(), null, higher ? null : a.acknowledged(),
                higher ? "" : a.by(), higher ? "" : a.remark());
        sql.run("update alarm set item = ?, severity = ?, value = ?, acknowledged = ?, by_whom = ?, remark = ?"
                + " where id = ?", b.item(), b.severity(), b.value(), b.acknowledged(), b.by(), b.remark(), b.id());
        active.put(b.quantity(), b);
        return higher ? Optional.of(line(b)) : Optional.empty();
    }

    /**
     * Acknowledges.
     *
     * @param id number of an alarm, or 0 for all that are open
     * @return number of alarms acknowledged
     */
    public synchronized int acknowledge(long id, String by, String remark, double now) {
        int count = (int) sql.number("select count(*) from alarm where acknowledged is null and (id = ? or ? = 0)", id,
                id);
        sql.run("update alarm set acknowledged = ?, by_whom = ?, remark = ?"
                + " where acknowledged is null and (id = ? or ? = 0)", now, by, remark, id, id);
        active.replaceAll((k, a) -> sql.list("select " + COLUMNS + " from alarm where id = ?", AlarmBook::alarm, a.id())
                .getFirst());
        return count;
    }

    /** Alarms that are active or not acknowledged, the newest first. */
    public synchronized List<Alarm> open() {
        return sql.list("select " + COLUMNS + " from alarm where cleared is null or acknowledged is null"
                + " order by id desc limit 100", AlarmBook::alarm);
    }

    /** The last alarms, the newest first. */
    public synchronized List<Alarm> last(int count) {
        return sql.list("select " + COLUMNS + " from alarm order by id desc limit " + count, AlarmBook::alarm);
    }
}
