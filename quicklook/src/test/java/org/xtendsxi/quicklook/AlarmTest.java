// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.quicklook.live.Engine;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.testdata.config.DetectorModel;
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
        SimulationConfig c = Bench.config("900000012", CYCLES);
        DetectorModel d = c.detector();
        assertThat(alarms(c.withDetector(d.with(9, d.cloudSigma(), d.activeNode())))).contains("alarm noise");
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
