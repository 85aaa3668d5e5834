// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.dark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.calib.common.Pulls;
import org.xtendsxi.pipeline.dark.DarkSettings;
import org.xtendsxi.pipeline.dark.DarkStage;
import org.xtendsxi.pipeline.dark.TrimmedMean;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;
import org.xtendsxi.pipeline.stage.Parameters;

/** Dark levels and noise of frames made here are found again within the stated uncertainties; every pixel is a seed. */
@Tag("validation")
class DarkPullTest {
    private static final FrameGeometry GEOMETRY = new FrameGeometry(0, 320, 0, 0, 8, 0);
    private static final int BIAS = 1000;
    private static final double NOISE = 6;
    private static final int FRAMES = 24;
    private static final int TRIM = 3;
    private static final int PIXELS = 320 * 8;

    private static DarkResult result(double[] truth, BitSet injected) {
        RandomGenerator random = Pulls.random(42);
        TrimmedMean mean = new TrimmedMean(GEOMETRY, new Adc(12, false), DarkSettings.of(Parameters.of("dark",
                DarkStage.SPEC.parameters(), Map.of("method", "trimmed", "trim", Integer.toString(TRIM)))));
        for (int f = 0; f < FRAMES; f++) {
            MemorySegment words = MemorySegment.ofArray(new byte[2 * PIXELS]);
            for (int i = 0; i < PIXELS; i++) {
                // the last pixel is stuck at the lower rail
                long word = i == PIXELS - 1 ? 0 : Math.round(BIAS + truth[i] + NOISE * random.nextGaussian());
                words.set(SegmentFrame.WORD, 2L * i, (short) (word - SegmentFrame.ZERO));
            }
            mean.accept(words, BiasLevel.ofFrame(BIAS, BIAS));
        }
        return DarkResult.of(mean.result(), TRIM, 100, injected);
    }

    private static double[] truth() {
        RandomGenerator random = Pulls.random(43);
        double[] truth = new double[PIXELS];
        java.util.Arrays.setAll(truth, i -> 6 + 1.5 * random.nextGaussian());
        truth[777] = 400;
        truth[3 * 320 + 5] = 300;
        return truth;
    }

    @Test
    void levelsLieWithinTheirUncertainties() {
        double[] truth = truth();
        DarkResult r = result(truth, new BitSet());
        Pulls pulls = new Pulls();
        // a single pixel's noise is itself known to 15 % only, so the error of all comes from that of the segment
        double error = r.segmentNoise().rms() / Math.sqrt(FRAMES) * r.meanFactor();
        for (int i = 0; i < PIXELS - 1; i++) {
            pulls.add("level", r.level()[i], truth[i], error);
        }
        pulls.check();
        DarkResult.Noise noise = r.segmentNoise();
        assertThat(noise.error()).isCloseTo(NOISE / Math.sqrt(2.0 * FRAMES * PIXELS), within(0.3 * noise.error()));
        assertThat(noise.rms()).isCloseTo(Math.sqrt(NOISE * NOISE + 1 / 12.0), within(3 * noise.error()));
    }

    @Test
    void hotAndStuckPixelsAreNamed() {
        BitSet injected = new BitSet();
        injected.set(3);
        DarkResult r = result(truth(), injected);
        assertThat(r.hot().stream()).as("not the one in the charge-injection row").containsExactly(777);
        assertThat(r.level()[PIXELS - 1]).isNaN();
        assertThat(r.meanLevel()).isCloseTo(6, within(0.2));
    }

    @Test
    void factorsOfTrimmingAgreeWithRandomNumbers() {
        RandomGenerator random = Pulls.random(5);
        int experiments = 20_000;
        int n = 20;
        double squares = 0;
        double kept = 0;
        for (int e = 0; e < experiments; e++) {
            double[] v = random.doubles(n).map(u -> random.nextGaussian()).sorted().toArray();
            double mean = java.util.Arrays.stream(v, TRIM, n - TRIM).average().orElseThrow();
            kept += java.util.Arrays.stream(v, TRIM, n - TRIM).map(x -> (x - mean) * (x - mean)).average()
                    .orElseThrow();
            squares += mean * mean;
        }
        TrimmedNoise factors = TrimmedNoise.of(n, TRIM);
        assertThat(factors.mean()).isCloseTo(Math.sqrt(squares / experiments * n), within(0.03));
        assertThat(factors.rms()).isCloseTo(Math.sqrt(kept / experiments), within(0.05));
    }
}
