// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;

/**
 * Events that noise alone makes, simulated and reduced by {@code sxi run} (frames-and-science section 4.3). A frame set
 * has 4 x 638 x 638 pixels that may be centres. The 0.34 events per frame set printed for 8 channels hold for the rule
 * "pulse height above 40" of the program that gave them, which is a threshold of 41 here, where a centre <em>at</em>
 * the threshold counts.
 */
@Tag("validation")
class NoiseEventsTest {
    private static final int CENTRES = 4 * 638 * 638;

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({"8, 41, 20, 0.34", "8, 40, 20, 0.64", "10, 41, 6, 42", "10, 40, 6, 64"})
    void noiseMakesTheExpectedNumberOfEvents(double noise, int threshold, int cycles, double printed) {
        DetectorModel d = DetectorModel.standard();
        int n = Observations.scaled(cycles);
        SimulationConfig c = SimulationConfig.of(SceneKind.BLANK, 5, n).withDarkCycles(0)
                .withEffects(EnumSet.of(Effect.NOISE))
                .withDetector(d.with(noise, d.cloudSigma(), d.activeNode()));
        Path out = dir.resolve("out");
        assertThat(Observations.run("run", Observations.simulate(c, dir), "--out", out, "--exit", "events", "--set",
                "dark.method=none", "--set", "extraction.eventthr=" + threshold)).isZero();
        List<double[]> rows = Observations.columns(out.resolve("xtend/event_uf/xa900000001xtd_p030000010_uf.evt"),
                "EVENTS", "TIME");
        double found = rows.getFirst().length;
        double expected = CENTRES * expected(noise, threshold);
        Observations.tell("noise %.0f channels, threshold %d: %.3f +- %.3f per frame set, expected %.3f", noise,
                threshold, found / n, Math.sqrt(Math.max(1, found)) / n, expected);
        // the text gives two digits
        assertThat(expected).isCloseTo(printed, within(0.03 * printed));
        assertThat(found).isCloseTo(n * expected, within(4 * Math.sqrt(n * expected)));
    }

    /** The ADC rounds noise to whole adu; bias is known to a few hundredths. */
    private static double expected(double noise, int threshold) {
        return new NormalDistribution(0, noise).cumulativeProbability(0.5 - threshold);
    }
}
