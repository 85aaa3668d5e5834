// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.quicklook.store.Sql;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.quicklook.view.View;
import org.xtendsxi.quicklook.view.ViewQuery;
import org.xtendsxi.quicklook.view.Views;

/** Mn K alpha of CCDs and segments against the day before, from a store filled by hand. */
@Tag("validation")
class LineTrendTest {
    private static final double EV = 6;
    /** Width of the lines in the store: the sum of 12 uniform numbers has a sigma of 1. */
    private static final double SIGMA = 72;

    @TempDir
    Path folder;

    private static ViewQuery query(int ccd, int segment, double hours) {
        ViewQuery q = ViewQuery.FIRST;
        return new ViewQuery(hours, q.sky(), q.piLow(), q.piHigh(), ccd, segment, true, q.x(), q.y(), q.size());
    }

    /** Two hours, one event every 2 s in each segment; in the second hour the line of CCD2 CD lies 20 eV higher. */
    private static void fill(Sql sql) {
        sql.run("select setseed(0.5)");
        sql.run("insert into cycle select 'a', i, 4.0 * i, 3.9, 8, 8 - (i % 2), i % 3, case when i % 5 = 0 then 8 "
                + "else 0"
                + " end, 40, 38, 2, 20, 0, 4, 4, 4, 0, 4, 0, 4, 0, 0, 0, i % 7, 1000, false, 0 from range(1800) t(i)");
        sql.run("insert into event select 'a', i // 8 * 2.0, (i % 8) // 2, i % 2, 1, 1, 1, 1,"
                + " floor((5895 + case when i % 8 = 3 and i >= 14400 then 20 else 0 end + " + SIGMA
                + " * (select sum(random()) - 6 from range(12) u(k) where i >= 0)) / " + EV + "), 0, true, true"
                + " from range(28800) t(i)");
    }

    @Test
    void shiftsAreSeenWhereTheyAre() {
        try (TrendStore s = TrendStore.open(folder); Sql sql = s.reader()) {
            fill(sql);
            View v = new Views(sql).of(query(1, 1, 1), 1);
            assertThat(v.lines()).hasSize(15);
            for (View.Line l : v.lines()) {
                double expected = l.ccd() == 1 && l.segment() == 1 ? 20 : l.segment() >= 0 && l.ccd() >= 0 ? 0
                        : l.ccd() == 1 ? 10 : l.ccd() >= 0 ? 0 : l.segment() == 1 ? 5 : l.segment() == 0 ? 0 : 2.5;
                assertThat(l.shift()).as("%d %d", l.ccd(), l.segment()).isCloseTo(expected,
                        within(4 * l.shiftError()));
                assertThat(l.shiftError()).isLessThan(4.5);
                assertThat(Math.abs(l.widening())).isLessThan(4 * l.wideningError() + (l.ccd() < 0 ? 2 : 1));
            }
            View.Trend t = v.trends().get("lineEnergy");
            assertThat(t.names()).containsExactly("CCD2 CD", "error");
            assertThat(t.time()).hasSize(8);
            assertThat(t.values().getFirst()).allSatisfy(e -> assertThat(e).isCloseTo(5915, within(25.0)));
            // of all data there is no day before
            assertThat(new Views(sql).of(query(-1, -1, 0), 1).lines()).allSatisfy(l -> assertThat(l.shift()).isNull());
        }
    }

    @Test
    void countersAreThoseOfTheRows() {
        try (TrendStore s = TrendStore.open(folder); Sql sql = s.reader()) {
            fill(sql);
            View v = new Views(sql).of(query(-1, -1, 1), 1);
            View.Counters all = v.total();
            assertThat(all.cycles()).isEqualTo(1800);
            assertThat(all.expected()).isEqualTo(14400);
            assertThat(all.present()).isEqualTo(13500);
            assertThat(all.unusable()).isEqualTo(1800);
            assertThat(all.lost()).isEqualTo(8 * 360);
            assertThat(all.events()).isEqualTo(72000);
            assertThat(all.clean()).isEqualTo(68400);
            // 257 weeks of 0 to 6, and 1799 % 7 = 0
            assertThat(all.limited()).isEqualTo(257 * 21);
            assertThat(all.live()).isCloseTo(1800 * 3.9, within(1e-6));
            assertThat(v.counters().cycles()).isEqualTo(901);
            assertThat(v.trends().get("limited").values().getFirst())
                    .allSatisfy(n -> assertThat(n).isBetween(0.0, 6.0));
        }
    }

    /** A query of the user cannot change the store. */
    @Test
    void queriesOnlyRead() {
        assertThatThrownBy(() -> TrendStore.read(folder)).isInstanceOf(SxiException.class)
                .hasMessageContaining("no trend store");
        try (TrendStore s = TrendStore.open(folder); Sql sql = s.reader()) {
            fill(sql);
        }
        try (TrendStore s = TrendStore.read(folder); Sql sql = s.reader()) {
            assertThat(sql.ask("select count(*) as n, null as nothing from cycle").getFirst().toString())
                    .isEqualTo("{n=1800, nothing=null}");
            for (String q : new String[] {"drop table cycle", "delete from cycle",
                    "insert into cycle select * from cycle",
                "select nonsense"}) {
                assertThatThrownBy(() -> sql.ask(q)).as(q).isInstanceOf(SxiException.class)
                        .hasMessageContaining("query cannot be answered");
            }
            assertThat(sql.number("select count(*) from cycle")).isEqualTo(1800);
        }
    }
}
