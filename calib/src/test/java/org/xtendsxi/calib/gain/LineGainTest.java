// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.model.ModelGain;
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
        assertThat(Main.run("-q", "run", observation.toString(), "--out", out.toString(), "--exit", "calibrate", "--set",
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
                assertThat(ModelGain.polynomial(derived.coefficients()[group], pha)).as("group %d at %.0f eV", group, line)
                        .isCloseTo(ModelGain.polynomial(model[group], pha), within(1.0));
            }
        }
    }

    @Test
    void tooFewLinesAreRefused() {
        assertThatThrownBy(() -> LineGain.derive(events, new double[] {5895, 8047.8}, SCALE))
                .isInstanceOf(SxiException.class).hasMessageContaining("too few lines");
    }
}
