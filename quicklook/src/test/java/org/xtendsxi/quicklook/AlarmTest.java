// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.quicklook.alarm.Evaluator;
import org.xtendsxi.quicklook.alarm.Quantity;
import org.xtendsxi.quicklook.alarm.Reading;
import org.xtendsxi.quicklook.alarm.Severity;
import org.xtendsxi.quicklook.limits.Limits;
import org.xtendsxi.quicklook.live.Engine;
import org.xtendsxi.quicklook.store.Batch;
import org.xtendsxi.quicklook.store.SegmentRow;
import org.xtendsxi.quicklook.store.SourceFile;
import org.xtendsxi.quicklook.store.Sql;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;

/** Faults of the simulated camera raise the alarms that they should, and a good camera raises none. */
@Tag("validation")
class AlarmTest {
    private static final int CYCLES = 24;

    @TempDir
    Path folder;

    private Set<String> alarms(SimulationConfig c) {
        Path dir = Bench.simulate(c, folder.resolve("dir"));
        Set<String> out = new TreeSet<>();
        try (TrendStore s = TrendStore.open(folder.resolve("store")); Engine e = Bench.engine(dir, s)) {
            e.drain();
            e.status().alarms().forEach(a -> out.add(a.severity() + " " + a.quantity()));
            assertThat(e.status().state()).isEqualTo(out.stream().anyMatch(a -> a.startsWith("alarm")) ? "alarm"
                    : out.isEmpty() ? "ok" : "warning");
            if (!out.isEmpty()) {
                assertThat(e.acknowledge(0, "operator", "seen")).isEqualTo(out.size());
                assertThat(e.status().unacknowledged()).isZero();
            }
        }
        return out;
    }

    @Test
    void aGoodCameraIsQuiet() {
        assertThat(alarms(Bench.config("900000011", CYCLES))).isEmpty();
    }

    @Test
    void noise() {
        assertThat(alarms(Bench.config("900000012", CYCLES, Effect.NOISE_RISE))).contains("alarm noise",
                "alarm noise-ratio");
    }

    @Test
    void saturation() {
        assertThat(alarms(small("900000016", 16, Effect.CHARGE_INTRUSION))).contains("alarm saturation")
                .noneMatch(a -> a.endsWith(" noise") || a.endsWith("temperature") || a.endsWith("dark-age"));
    }

    @Test
    void temperature() {
        assertThat(alarms(small("900000017", 30, Effect.TEMPERATURE_DRIFT))).containsExactly("alarm temperature");
    }

    @Test
    void staleDark() {
        assertThat(alarms(small("900000018", 3, Effect.STALE_DARK))).containsExactly("alarm dark-age");
    }

    private static SimulationConfig small(String obsid, int cycles, Effect fault) {
        return Bench.config(obsid, cycles, fault).withCcds(List.of(0));
    }

    /** The limit of events per frame, which telemetry has, is a parameter of the stage. */
    @Test
    void eventLimit() {
        Path dir = Bench.simulate(small("900000019", 6, Effect.EVEN_ODD), folder.resolve("dir"));
        try (TrendStore s = TrendStore.open(folder.resolve("store")); Sql sql = s.reader();
                Engine e = Bench.engine(dir, s, Optional.empty(), List.of("extraction.limit=2"))) {
            e.drain();
            assertThat(sql.number("select max(events) from segment")).isBetween(1.0, 2.0);
            assertThat(e.status().totals().limited()).isPositive();
            assertThat(e.status().alarms()).extracting(a -> a.quantity()).contains("event-limit");
        }
    }

    /** An overclock that does not change any more, from a store filled by hand. */
    @Test
    void frozenBuffer() {
        List<SegmentRow> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(new SegmentRow("a", 4000 + 4.0 * i, 1, 0, true, i < 27 ? 1000 + 0.01 * i : 1000.3,
                    1000 + 0.01 * i, 5, 5, 1, 0, 0, 0, 0));
            rows.add(new SegmentRow("a", 4000 + 4.0 * i, 1, 1, true, 1000 + 0.01 * (i % 2), 1000, 5, 5, 1, 0, 0, 0, 0));
        }
        SourceFile f = new SourceFile("f", "f", SourceFile.Kind.FRAMES, "a", 80, 1, SourceFile.State.DONE, "", 0);
        try (TrendStore s = TrendStore.open(folder.resolve("store")); Sql sql = s.reader()) {
            s.commit(new Batch(f, List.of(), rows, List.of(), List.of(), List.of()));
            Reading r = new Evaluator(sql, Limits.load(Optional.empty())).read(0, 4156, 0).stream()
                    .filter(q -> q.quantity() == Quantity.FROZEN).findFirst().orElseThrow();
            // the odd channel of the second segment never changes: 39 cycles after the first
            assertThat(r.value()).isEqualTo(39);
            assertThat(r.item()).isEqualTo("CCD2 CD odd");
            sql.run("update segment set odd = even where segment = 1");
            r = new Evaluator(sql, Limits.load(Optional.empty())).read(0, 4156, 0).stream()
                    .filter(q -> q.quantity() == Quantity.FROZEN).findFirst().orElseThrow();
            // cycles 27 to 39 have the same level: 12 without a change
            assertThat(r.value()).isEqualTo(12);
            assertThat(r.item()).isEqualTo("CCD2 AB even");
            assertThat(r.severity()).isEqualTo(Severity.WARNING);
        }
    }

    @Test
    void lightLeak() {
        assertThat(alarms(Bench.config("900000013", CYCLES, Effect.LIGHT_LEAK))).contains("alarm light-leak");
    }

    @Test
    void lostFrames() {
        assertThat(alarms(Bench.config("900000014", 60, Effect.LOST_FRAMES))).contains("alarm frame-loss");
    }

    @Test
    void darkThatDoesNotFitAnyMore() {
        assertThat(alarms(Bench.config("900000015", 60, Effect.DARK_DRIFT))).anyMatch(a -> a.endsWith("dark-residual"));
    }
}
