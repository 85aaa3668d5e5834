// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.testdata.charge.ChargeImage;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.RoundedGaussian;

/** Effects on the level of the pixels, each alone and without noise. */
@Tag("validation")
class LevelEffectsTest {
    private static final int DARK_CYCLES = 2;
    private static final RowMap FULL = RowMap.of(DataMode.WINDOW1, 1, 640);
    private final FrameGeometry g = SimulationConfig.of(SceneKind.BLANK, 1, 1).detector().geometry();

    private static SimulationConfig config(Effect effect) {
        return SimulationConfig.of(SceneKind.BLANK, 3, 1000).withEffects(Set.of(effect)).withDarkCycles(DARK_CYCLES);
    }

    private static SegmentReadout readout(SimulationConfig c, RowMap rows, int ccd, int segment) {
        return new SegmentReadout(c, rows, ccd, segment, new RoundedGaussian(c.noise()));
    }

    /** Pixels minus the rounded bias. */
    private int[] signal(SegmentReadout r, int cycle) {
        MemorySegment m = MemorySegment.ofArray(new byte[2 * g.pixels()]);
        r.read(cycle, new ChargeImage(), m);
        int[] out = new int[g.pixels()];
        Arrays.setAll(out, i -> m.get(SegmentFrame.WORD, 2L * i) + SegmentFrame.ZERO
                - (int) Math.floor(r.pedestal().bias(i % g.width() - g.under() & 1) + 0.5));
        return out;
    }

    @Test
    void injectedRowsStandOutInAllFrames() {
        SimulationConfig c = config(Effect.CHARGE_INJECTION);
        SegmentReadout full = readout(c, FULL, 0, 0);
        SegmentReadout window = readout(c, RowMap.of(DataMode.WINDOW2, 455, 80), 0, 0);
        for (int cycle : new int[] {0, DARK_CYCLES}) {
            int[] v = signal(full, cycle);
            int[] w = signal(window, cycle);
            for (int y = 0; y < 640; y++) {
                int row = y;
                double mean = Arrays.stream(v, g.index(0, row), g.index(0, row) + 320).average().orElseThrow();
                double inWindow = Arrays.stream(w, g.index(0, row), g.index(0, row) + 320).average().orElseThrow();
                assertThat(mean).as("row " + y).isCloseTo(y % 80 == 0 ? 800 : 0, within(y % 80 == 0 ? 20.0 : 0.01));
                boolean injected = (y % 80 + 455 - 1) % 80 == 0;
                assertThat(inWindow).isCloseTo(injected ? 800 : 0, within(injected ? 20.0 : 0.01));
            }
            assertThat(v[g.overStart()]).isZero();
        }
    }

    @Test
    void darkLevelRisesWithTime() {
        SegmentReadout r = readout(config(Effect.DARK_DRIFT), FULL, 0, 0);
        for (int cycle : new int[] {0, 250, 750}) {
            int[] v = signal(r, cycle);
            double mean = Arrays.stream(v, g.index(0, 100), g.index(0, 100) + 320).average().orElseThrow();
            assertThat(mean).isCloseTo(4 * 4e-3 * cycle, within(0.51));
            assertThat(v[g.overStart()]).isZero();
        }
    }

    @Test
    void leakIsConstantOverAreasAndAbsentInTheDark() {
        SimulationConfig c = config(Effect.LIGHT_LEAK);
        SegmentReadout r = readout(c, FULL, 0, 1);
        assertThat(signal(r, 0)).containsOnly(0);
        int[] v = signal(r, DARK_CYCLES);
        double[] levels = new LightLeak(c).levels(0, 0, 1);
        assertThat(levels).hasSize(50);
        for (int y = 0; y < 640; y += 9) {
            for (int x = 0; x < 320; x += 7) {
                int area = y / 64 * 5 + (ReadNode.actX(1, r.node(), x) - 321) / 64;
                assertThat(v[g.index(x, y)]).isBetween((int) Math.floor(levels[area]) - 1,
                        (int) Math.ceil(levels[area]) + 1);
            }
        }
        assertThat(Arrays.stream(levels).average().orElseThrow()).isCloseTo(3, within(4 * 3 / Math.sqrt(50)));
    }

    @Test
    void leakChangesFromEpochToEpoch() {
        LightLeak leak = new LightLeak(config(Effect.LIGHT_LEAK));
        assertThat(leak.epoch(DARK_CYCLES + 3)).isZero();
        assertThat(leak.epoch(DARK_CYCLES + 4)).isOne();
        assertThat(leak.levels(1, 0, 1)).isNotEqualTo(leak.levels(0, 0, 1));
    }

    @Test
    void echoPixelsAreTooLowInTheDarkOnly() {
        SimulationConfig c = config(Effect.ECHO);
        SegmentReadout r = readout(c, FULL, 2, 0);
        int[] dark = signal(r, 0);
        assertThat(r.echoes()).hasSize(4);
        for (OddPixel p : r.echoes()) {
            int at = g.index(ReadNode.rawX(0, r.node(), p.actX()), p.actY() - 1);
            assertThat(dark[at]).isBetween((int) -p.level() - 1, (int) -p.level() + 1).isLessThan(-18);
        }
        assertThat(Arrays.stream(dark).filter(v -> v != 0).count()).isEqualTo(4);
        assertThat(signal(r, DARK_CYCLES)).containsOnly(0);
        assertThat(readout(c, FULL, 1, 1).echoes()).isEmpty();
    }

    @Test
    void flickeringPixelsAreBrightInTheirShareOfCycles() {
        SegmentReadout r = readout(config(Effect.FLICKERING), FULL, 2, 0);
        int cycles = 60;
        int bright = 0;
        for (int i = 0; i < cycles; i++) {
            int[] v = signal(r, i);
            for (OddPixel p : r.flickering()) {
                int s = v[g.index(ReadNode.rawX(0, r.node(), p.actX()), p.actY() - 1)];
                if (s != 0) {
                    bright++;
                    assertThat((double) s).isCloseTo(p.level(), within(1 + 6 * Math.sqrt(p.level() * 3.65 / 6.15)));
                }
            }
        }
        int n = 2 * cycles;
        assertThat((double) bright).isCloseTo(0.3 * n, within(4 * Math.sqrt(n * 0.21)));
    }
}
