// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.observation.ObservationWriter;

/** Faults begin when and where docs/simulator.md says, and are as large. */
@Tag("validation")
class FaultsTest {
    private static final int DARK = 2;

    private static SimulationConfig config(Effect... effects) {
        return SimulationConfig.of(SceneKind.BLANK, 3, 30).withEffects(Set.of(effects)).withDarkCycles(DARK)
                .withCcds(List.of(2));
    }

    private static SegmentFrame frame(SimulationConfig c, int scienceCycle, int segment) {
        return new FrameSimulator(c).cycle(DARK + scienceCycle).getFirst().frames().get(segment);
    }

    private static double overclockNoise(SimulationConfig c, int scienceCycle) {
        FrameGeometry g = c.detector().geometry();
        SegmentFrame f = frame(c, scienceCycle, 0);
        double[] v = new double[g.rows() * (g.width() - g.overStart()) / 2];
        int n = 0;
        for (int y = 0; y < g.rows(); y++) {
            for (int x = g.overStart(); x + 1 < g.width(); x += 2) {
                v[n++] = f.pixel((g.vUnder() + y) * g.width() + x);
            }
        }
        double mean = Arrays.stream(v, 0, n).average().orElseThrow();
        return Math.sqrt(Arrays.stream(v, 0, n).map(a -> (a - mean) * (a - mean)).sum() / (n - 1));
    }

    @Test
    void noiseRisesInTheTenthCycle() {
        SimulationConfig c = config(Effect.NOISE, Effect.NOISE_RISE);
        // 5,120 pixels: one percent of the noise is one standard deviation; rounding adds 1/12
        assertThat(overclockNoise(c, 9)).isCloseTo(5.4, within(0.25));
        assertThat(overclockNoise(c, 10)).isCloseTo(1.6 * 5.4, within(0.4));
    }

    @Test
    void chargeFillsRowsFromTheFarEndOfOneSegment() {
        SimulationConfig c = config(Effect.NOISE, Effect.CHARGE_INTRUSION);
        int[][] expected = {{9, 0}, {10, 40}, {11, 80}, {13, 160}, {20, 160}};
        for (int[] e : expected) {
            assertThat(saturatedRows(c, e[0], 0)).as("cycle %d", e[0]).isEqualTo(e[1]);
            assertThat(saturatedRows(c, e[0], 1)).as("the other segment").isZero();
        }
    }

    private static int saturatedRows(SimulationConfig c, int scienceCycle, int segment) {
        FrameGeometry g = c.detector().geometry();
        SegmentFrame f = frame(c, scienceCycle, segment);
        int rows = 0;
        while (rows < g.rows() && f.pixel(g.index(100, g.rows() - 1 - rows)) == c.detector().adcMax()) {
            rows++;
        }
        return rows;
    }

    @Test
    void darkFramesLieInThePast() {
        SimulationConfig c = config(Effect.STALE_DARK);
        assertThat(c.time(DARK) - c.time(DARK - 1)).isEqualTo(50004);
        assertThat(frame(c, 0, 0).time()).isEqualTo(c.startTime());
    }

    @Test
    void temperatureOfTheHousekeepingRises(@TempDir Path dir) {
        SimulationConfig c = config(Effect.TEMPERATURE_DRIFT);
        Path hk = new ObservationWriter(c, dir).write(1, Console.silent()).resolve("xtend/hk/xa900000001xtd_a0.hk");
        try (FitsReader f = FitsReader.open(hk); EventChunk all = f.whole(f.need("HK_SXI_USR_USER_HK1"))) {
            double[] time = all.doubles("TIME");
            double[] t = all.doubles("SXI_USR_HKTBL_CCD3_TEMP_CAL");
            for (int i = 0; i < time.length; i++) {
                assertThat(t[i]).isCloseTo(-110 + Math.max(0, time[i] - c.startTime()) / 100, within(1e-9));
            }
            assertThat(t[t.length - 1]).isGreaterThan(-109);
        }
    }
}
