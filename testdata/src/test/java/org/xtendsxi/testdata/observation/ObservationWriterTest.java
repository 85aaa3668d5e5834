// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;

class ObservationWriterTest {
    @TempDir
    Path dir;

    @Test
    void frameFilesReadBackAsWritten() {
        SimulationConfig c = SimulationConfig.of(SceneKind.POINT, 12, 2).withCcds(List.of(1)).withDarkCycles(3);
        Path obs = new ObservationWriter(c, dir).write(2, Console.silent());
        assertThat(obs.getFileName()).hasToString("900000001");
        check(c, obs.resolve("xtend/frames/xa900000001xtd_p030000010_fr.fits"), 4, FrameType.RAW, c.startTime());
        check(c, obs.resolve("xtend/frames/xa900000001xtd_p030000010_dk.fits"), 6, FrameType.DARK, c.startTime() - 12);
    }

    private static void check(SimulationConfig c, Path file, int rows, FrameType type, double time) {
        try (FrameReader r = FrameReader.open(file)) {
            assertThat(r.header().geometry()).isEqualTo(c.detector().geometry());
            assertThat(r.header().mode()).isEqualTo(DataMode.WINDOW1);
            assertThat(r.header().eventThreshold()).containsOnly(40);
            assertThat(r.rows()).isEqualTo(rows);
            SegmentFrame f = r.read(0, ByteBuffer.allocateDirect(r.rowBytes()));
            assertThat(f.type()).isEqualTo(type);
            assertThat(f.time()).isEqualTo(time);
            assertThat(f.pixel(0)).isBetween(900, 1100);
        }
    }

    /** What stands in the truth is what was used: overclock and dark frames agree with it. */
    @Test
    void levelsInTheTruthAreThoseOfTheFrames() {
        SimulationConfig c = SimulationConfig.of(SceneKind.BLANK, 13, 1).withCcds(List.of(3)).withDarkCycles(0)
                .withEffects(Effect.parse("dark"));
        Path obs = new ObservationWriter(c, dir).write(1, Console.silent());
        FrameGeometry g = c.detector().geometry();
        try (FrameReader frames = FrameReader.open(obs.resolve("xtend/frames/xa900000001xtd_p030000010_fr.fits"));
                FitsReader truth = FitsReader.open(obs.resolve("truth/levels.fits"));
                EventChunk bias = truth.whole(truth.need("BIAS"))) {
            SegmentFrame f = frames.read(1, ByteBuffer.allocateDirect(frames.rowBytes()));
            double[] dark = Image.read(truth, truth.need("DARK31")).values();
            double[] even = bias.doubles("BIAS_EVEN");
            double[] odd = bias.doubles("BIAS_ODD");
            for (int y = 0; y < 640; y += 3) {
                for (int x = 0; x < 320; x++) {
                    double level = (x % 2 == 0 ? even[1] : odd[1]) + dark[y * 320 + x];
                    assertThat(f.pixel(g.index(x, y))).isEqualTo((int) Math.floor(level + 0.5));
                }
            }
        }
    }

    @Test
    void mixedModeHasTwoFiles() {
        SimulationConfig c = SimulationConfig.of(SceneKind.FE55, 14, 1).withMode(DataMode.WINDOW2BURST)
                .withDarkCycles(0).withCcds(List.of(0, 3)).withObsid("123456789");
        Path frames = new ObservationWriter(c, dir).write(2, Console.silent()).resolve("xtend/frames");
        try (FrameReader w = FrameReader.open(frames.resolve("xa123456789xtd_p031300010_fr.fits"));
                FrameReader f = FrameReader.open(frames.resolve("xa123456789xtd_p032000010_fr.fits"))) {
            assertThat(w.header().mode()).isEqualTo(DataMode.WINDOW2BURST);
            assertThat(w.header().windowStart()).isEqualTo(455);
            assertThat(f.header().mode()).isEqualTo(DataMode.WINDOW1);
            assertThat(w.rows() + f.rows()).isEqualTo(4);
        }
    }

    /** Files with other live times and out-of-time photons: the truth is in order of the TIME of the events. */
    @Test
    void photonsAreInOrderOfTime() {
        for (DataMode mode : List.of(DataMode.WINDOW1BURST, DataMode.WINDOW2)) {
            SimulationConfig c = SimulationConfig.of(SceneKind.GROUND, 14, 3).withMode(mode).withDarkCycles(0)
                    .withCcds(List.of(1, 2)).withEffects(Effect.parse("out-of-time"));
            Path obs = new ObservationWriter(c, dir.resolve(mode.name())).write(2, Console.silent());
            try (FitsReader truth = FitsReader.open(obs.resolve("truth/photons.fits"));
                    EventChunk photons = truth.whole(truth.need("PHOTONS"))) {
                assertThat(photons.doubles("TIME")).hasSizeGreaterThan(50).isSorted();
                assertThat(photons.ints("CCD_ID")).contains(1, 2);
            }
        }
    }

    @Test
    void configurationIsTheSameTextEveryTime() throws IOException {
        SimulationConfig c = SimulationConfig.of(SceneKind.BLANK, 15, 1).withCcds(List.of(0)).withDarkCycles(0);
        byte[][] text = new byte[2][];
        for (int i = 0; i < 2; i++) {
            text[i] = Files.readAllBytes(new ObservationWriter(c, dir.resolve("run" + i)).write(i + 1, Console.silent())
                    .resolve("truth/simulation.json"));
        }
        assertThat(Arrays.equals(text[0], text[1])).isTrue();
        assertThat(new String(text[0], StandardCharsets.UTF_8)).contains("\"seed\" : 15");
    }

    @Test
    void whatIsNotSimulatedIsRefused() {
        assertThatThrownBy(() -> Effect.parse("noise,fog")).isInstanceOfSatisfying(SxiException.class,
                e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE)).hasMessageContaining("fog");
        assertThatThrownBy(() -> SceneKind.parse("nova")).isInstanceOf(SxiException.class);
        assertThatThrownBy(() -> SimulationConfig.of(SceneKind.BLANK, 1, 1).withCcds(List.of(4)))
                .isInstanceOf(SxiException.class);
    }
}
