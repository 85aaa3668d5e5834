// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.model.ModelGain;
import org.xtendsxi.calib.common.ModelCopy;
import org.xtendsxi.pipeline.cli.Main;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.observation.ObservationWriter;

/** A short ground calibration gives the gain that the model calibration carries (docs/model-gain.md). */
@Tag("validation")
class LineGainTest {
    private static final double[] LINES = {676.8, 1486.7, 2622.4, 4510.8, 5895, 8047.8, 9886.4};
    private static final double SCALE = 6.15;

    @TempDir
    static Path dir;
    private static Path events;

    @BeforeAll
    static void simulate() {
        Path observation = new ObservationWriter(
                SimulationConfig.of(SceneKind.GROUND, 5, 60).withDarkCycles(60), dir).write(2, Console.silent());
        Path out = dir.resolve("out");
        assertThat(Main.run("-q", "run", observation.toString(), "--out", out.toString(), "--exit", "calibrate",
                "--set",
                "cti.usegoffset=no", "--set", "cti.ctigrade=no", "--set", "cti.passes=1")).isZero();
        events = out.resolve("xtend/event_uf/xa900000001xtd_p030000010_uf.evt");
    }

    @Test
    void derivationIsRepeated() {
        LineGain derived = LineGain.derive(events, LINES, SCALE);
        double[][] model = ModelGain.read().gradeOffset();
        for (int group = 0; group < model.length; group++) {
            for (double line : new double[] {1486.7, 2622.4, 4510.8, 5895, 8047.8}) {
                double pha = line / SCALE;
                assertThat(ModelGain.polynomial(derived.coefficients()[group], pha)).as("group %d at %.0f eV", group,
                        line)
                        .isCloseTo(ModelGain.polynomial(model[group], pha), within(1.0));
            }
        }
    }

    @Test
    void theTaskFindsTheSameOffsets() {
        Path out = dir.resolve("goffset");
        assertThat(Main.run("-q", "calib", "goffset", events.toString(), "--caldb",
                ModelCopy.withoutOffsets(dir.resolve("db")).toString(), "--lines",
                "1486.7,2622.4,4510.8,MnKa,8047.8,9886.4", "--out", out.toString())).isZero();
        double[][] model = ModelGain.read().gradeOffset();
        try (FitsReader f = FitsReader.open(newest(out)); EventChunk t = f.whole(f.need("CTI_3"))) {
            for (int group = 0; group < model.length; group++) {
                for (double line : new double[] {1486.7, 2622.4, 4510.8, 5895, 8047.8}) {
                    double pha = line / SCALE;
                    double[] c = new double[4];
                    for (int k = 0; k < c.length; k++) {
                        c[k] = t.doubles("GOFFSET_AM" + k)[group];
                    }
                    assertThat(ModelGain.polynomial(c, pha)).as("group %d at %.0f eV", group, line)
                            .isCloseTo(ModelGain.polynomial(model[group], pha), within(1.2));
                }
            }
        }
        assertThat(Main.run("-q", "calib", "goffset", events.toString(), "--out", out.toString(), "--min-counts",
                "10000000"))
                .as("too few").isEqualTo(3);
        assertThat(Main.run("-q", "calib", "goffset", events.toString(), "--out", out.toString(), "--reference", "x"))
                .as("reference").isEqualTo(2);
    }

    @Test
    void offsetsInTwoPieces() {
        Path out = dir.resolve("pieces");
        Path database = ModelCopy.withoutOffsets(dir.resolve("db2"));
        String[] words = {"-q", "calib", "goffset", events.toString(), "--caldb", database.toString(), "--lines",
            "1486.7,2622.4,4510.8,MnKa,8047.8,9886.4", "--out", out.toString(), "--break", "306.5"};
        assertThat(Main.run(words)).isZero();
        double[][] model = ModelGain.read().gradeOffset();
        try (FitsReader f = FitsReader.open(newest(out)); EventChunk t = f.whole(f.need("CTI_3"))) {
            assertThat(t.doubles("GOFFSET_EBL")).containsOnly(306.5);
            for (int group = 0; group < model.length; group++) {
                for (double line : new double[] {1486.7, 2622.4, 4510.8, 5895, 8047.8}) {
                    double pha = line / SCALE;
                    double[] c = new double[4];
                    for (int k = 0; k < c.length; k++) {
                        c[k] = t.doubles((pha <= 306.5 ? "GOFFSET_AL" : "GOFFSET_AM") + k)[group];
                    }
                    assertThat(ModelGain.polynomial(c, pha)).as("group %d at %.0f eV", group, line)
                            .isCloseTo(ModelGain.polynomial(model[group], pha), within(1.2));
                }
            }
        }
        assertThat(Main.run("-q", "calib", "publish", newest(out).toString(), "--caldb", database.toString())).isZero();
        words[words.length - 1] = "400";
        assertThat(Main.run(words)).as("another joint than that in force, all groups replaced").isZero();
        words[words.length - 1] = "200";
        words[5] = ModelCopy.withoutOffsets(dir.resolve("db3")).toString();
        assertThat(Main.run(words)).as("no line below").isEqualTo(3);
    }

    private static Path newest(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> p.toString().endsWith(".fits")).max(Comparator.naturalOrder()).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void tooFewLinesAreRefused() {
        assertThatThrownBy(() -> LineGain.derive(events, new double[] {5895, 8047.8}, SCALE))
                .isInstanceOf(SxiException.class).hasMessageContaining("too few lines");
    }
}
