// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.quicklook.store.Batch;
import org.xtendsxi.quicklook.store.CycleRow;
import org.xtendsxi.quicklook.store.HousekeepingRow;
import org.xtendsxi.quicklook.store.SegmentRow;
import org.xtendsxi.quicklook.store.SourceFile;
import org.xtendsxi.quicklook.store.Sql;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.quicklook.view.View;
import org.xtendsxi.quicklook.view.ViewQuery;
import org.xtendsxi.quicklook.view.Views;

/** Trends made from sums over 10 min are those made from all rows, whenever the rows came. */
@Tag("validation")
class RollupTest {
    private static final double HOUR = 3600;
    private static final int HOURS = 60;

    @TempDir
    Path folder;

    /** Rows of an hour, one a minute. */
    private static Batch hour(int hour) {
        List<CycleRow> cycles = new ArrayList<>();
        List<SegmentRow> segments = new ArrayList<>();
        List<HousekeepingRow> housekeeping = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double t = hour * HOUR + 60 * i;
            int[] grades = {5 + i % 7, 1, 2, 3, i % 3, 1, 2, hour % 4, 1, 0, 0, 0};
            cycles.add(new CycleRow("a", 60 * hour + i, t, 3.9, 8, 8 - i % 2, 0, i % 5 == 0 ? 8 : 0, 30, 20 + i, i, grades,
                    0, i % 11 == 0 ? Double.NaN : t, false, t));
            for (int s = 0; s < 2; s++) {
                segments.add(new SegmentRow("a", t, 2, s, i % 13 != 0, 1000 + i, 900 + hour, 5 + 0.01 * i, 6 + 0.1 * s, i,
                        hour, hour, 0.1 * s, i % 10));
            }
            housekeeping.add(new HousekeepingRow(t, "ccd1", -110 + 0.01 * hour));
        }
        SourceFile f = new SourceFile("h" + hour, "f" + hour, SourceFile.Kind.FRAMES, "a", 60, 1, SourceFile.State.DONE, "",
                0);
        return new Batch(f, cycles, segments, List.of(), List.of(), housekeeping);
    }

    private static Map<String, View.Trend> trends(Sql sql) {
        return new Views(sql).of(new ViewQuery(0, false, 0, 4095, -1, -1, true, 1, 1, 1810), 1).trends();
    }

    private static void same(Map<String, View.Trend> got, Map<String, View.Trend> expected) {
        assertThat(got.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, e) -> {
            View.Trend g = got.get(name);
            assertThat(g.time()).as(name).isEqualTo(e.time());
            assertThat(g.names()).as(name).isEqualTo(e.names());
            for (int s = 0; s < e.values().size(); s++) {
                for (int i = 0; i < e.time().size(); i++) {
                    Double v = e.values().get(s).get(i);
                    if (v == null) {
                        assertThat(g.values().get(s).get(i)).as(name).isNull();
                    } else {
                        // values are rounded to four decimals
                        assertThat(g.values().get(s).get(i)).as("%s at %d", name, i).isCloseTo(v, within(1.01e-4));
                    }
                }
            }
        });
    }

    @Test
    void sumsGiveTheTrendsOfTheRows() {
        try (TrendStore s = TrendStore.open(folder); Sql sql = s.reader()) {
            for (int h = 0; h < HOURS; h++) {
                s.commit(hour(h));
            }
            Map<String, View.Trend> rows = trends(sql);
            assertThat(rows.get("noise").time()).hasSize(180);
            assertThat(rows.get("noise").names()).hasSize(4);
            assertThat(sql.number("select count(*) from segment_10min")).isZero();
            s.roll();
            assertThat(sql.number("select count(*) from segment_10min")).isBetween(690.0, 720.0);
            same(trends(sql), rows);
        }
    }

    @Test
    void lateRowsCountToo() {
        Path other = folder.resolve("other");
        try (TrendStore s = TrendStore.open(folder.resolve("late")); Sql sql = s.reader();
                TrendStore t = TrendStore.open(other); Sql reference = t.reader()) {
            for (int h = 0; h < HOURS; h++) {
                t.commit(hour(h));
                if (h != 20) {
                    s.commit(hour(h));
                }
                if (h % 10 == 9) {
                    s.roll();
                }
            }
            s.commit(hour(20));
            same(trends(sql), trends(reference));
            s.roll();
            same(trends(sql), trends(reference));
        }
        try (TrendStore s = TrendStore.open(folder.resolve("late")); Sql sql = s.reader();
                TrendStore t = TrendStore.open(other); Sql reference = t.reader()) {
            same(trends(sql), trends(reference));
        }
    }
}
