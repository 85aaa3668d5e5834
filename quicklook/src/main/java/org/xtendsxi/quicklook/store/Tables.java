// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** Tables of the store and how rows get into them; docs/quicklook.md describes every column. */
final class Tables {
    /** Version of the tables; a store of another version is refused. */
    static final int VERSION = 2;

    static final List<String> DDL = List.of(
            "create table if not exists version(number integer)",
            "create table if not exists source_file(identity varchar, path varchar, kind varchar, dataset varchar,"
                    + " rows_taken bigint, size bigint, state varchar, message varchar, changed double)",
            "create table if not exists cycle(dataset varchar, framenum integer, time double, live double,"
                    + " expected integer, present integer, unusable integer, lost integer, events integer,"
                    + " clean integer, lamp integer, g0 integer, g1 integer, g2 integer, g3 integer, g4 integer,"
                    + " g5 integer, g6 integer, g7 integer, g8 integer, g9 integer, g10 integer, g11 integer,"
                    + " limited bigint, dark_age double, warmed boolean, received double)",
            "create table if not exists segment(dataset varchar, time double, ccd utinyint, segment utinyint,"
                    + " usable boolean, even double, odd double, noise_even double, noise_odd double, events integer,"
                    + " saturated integer, saturated_block integer, residual double, leak double)",
            "create table if not exists event(dataset varchar, time double, ccd utinyint, segment utinyint,"
                    + " detx smallint, dety smallint, x smallint, y smallint, pi smallint, grade tinyint,"
                    + " clean boolean, lamp boolean)",
            "create table if not exists dark(dataset varchar, time double, ccd utinyint, segment utinyint,"
                    + " method varchar, source varchar, frames integer, level double, noise double, hot integer,"
                    + " stuck integer)",
            "create table if not exists housekeeping(time double, name varchar, value double)",
            "create table if not exists alarm(id bigint, quantity varchar, item varchar, severity varchar,"
                    + " value double, threshold varchar, time double, raised double, cleared double, "
                    + " acknowledged double, by_whom varchar, remark varchar)",
            "create table if not exists event_log(moment double, text varchar)");

    private Tables() {
    }

    static void append(DuckDBAppender a, CycleRow r) throws SQLException {
        a.beginRow();
        a.append(r.dataset());
        a.append(r.framenum());
        a.append(r.time());
        a.append(r.live());
        a.append(r.expected());
        a.append(r.present());
        a.append(r.unusable());
        a.append(r.lost());
        a.append(r.events());
        a.append(r.clean());
        a.append(r.lamp());
        for (int g = 0; g < CycleRow.GRADES; g++) {
            a.append(r.grades()[g]);
        }
        a.append(r.limited());
        a.append(r.darkAge());
        a.append(r.warmed());
        a.append(r.received());
        a.endRow();
    }

    static void append(DuckDBAppender a, SegmentRow r) throws SQLException {
        a.beginRow();
        a.append(r.dataset());
        a.append(r.time());
        a.append((byte) r.ccd());
        a.append((byte) r.segment());
        a.append(r.usable());
        a.append(r.even());
        a.append(r.odd());
        a.append(r.noiseEven());
        a.append(r.noiseOdd());
        a.append(r.events());
        a.append(r.saturated());
        a.append(r.saturatedBlock());
        a.append(r.residual());
        a.append(r.leak());
        a.endRow();
    }

    static void append(DuckDBAppender a, EventRows e, int i) throws SQLException {
        a.beginRow();
        a.append(e.dataset());
        a.append(e.time()[i]);
        a.append((byte) e.ccd()[i]);
        a.append((byte) e.segment()[i]);
        a.append((short) e.det()[0][i]);
        a.append((short) e.det()[1][i]);
        a.append((short) e.sky()[0][i]);
        a.append((short) e.sky()[1][i]);
        a.append((short) e.pi()[i]);
        a.append((byte) e.grade()[i]);
        a.append(e.clean()[i]);
        a.append(e.lamp()[i]);
        a.endRow();
    }

    static void append(DuckDBAppender a, DarkRow r) throws SQLException {
        a.beginRow();
        a.append(r.dataset());
        a.append(r.time());
        a.append((byte) r.ccd());
        a.append((byte) r.segment());
        a.append(r.method());
        a.append(r.source());
        a.append(r.frames());
        a.append(r.level());
        a.append(r.noise());
        a.append(r.hot());
        a.append(r.stuck());
        a.endRow();
    }

    static void append(DuckDBAppender a, HousekeepingRow r) throws SQLException {
        a.beginRow();
        a.append(r.time());
        a.append(r.name());
        a.append(r.value());
        a.endRow();
    }
}
