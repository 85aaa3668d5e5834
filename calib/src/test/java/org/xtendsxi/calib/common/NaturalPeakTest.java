// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lines of known shape in histograms: position and width within their errors. */
class NaturalPeakTest {
    private static final double SCALE = 6.15;
    private static final double SIGMA = 65;

    private static final LineEvents SOURCE = LineEvents.of(0, 0, s -> SCALE);

    @Test
    @Tag("validation")
    void mnKAlphaHasItsPublishedMoments() {
        NaturalLine line = NaturalLine.of(CalibrationLine.MN_KA);
        // K alpha 1 at 5898.75, K alpha 2 at 5887.65 with about half its intensity
        assertThat(line.energy()).isBetween(5894.0, 5895.1);
        assertThat(NaturalLine.of(CalibrationLine.parse("MnKb").getFirst()).energy()).isBetween(6484.0, 6490.5);
        NaturalLine.Table t = line.table();
        assertThat(Arrays.stream(t.weights()).sum()).isCloseTo(1, within(1e-12));
        double mean = 0;
        for (int i = 0; i < t.weights().length; i++) {
            mean += t.weights()[i] * t.offsets()[i];
        }
        assertThat(mean).isCloseTo(0, within(1e-9));
    }

    @Test
    @Tag("validation")
    void pullsOfPositionAndWidthAreUnbiased() {
        NaturalLine.Table line = NaturalLine.of(CalibrationLine.MN_KA).table();
        // the generator has its own components: its mean is compared with the line's where the line's mean is put
        double truth = LineEvents.alpha() / SCALE;
        int seeds = 150;
        double[] position = new double[seeds];
        double[] width = new double[seeds];
        for (int s = 0; s < seeds; s++) {
            SplittableRandom random = new SplittableRandom(1000 + s);
            HistogramBank bank = new HistogramBank(1, 800, 1, 400);
            for (int i = 0; i < 3000; i++) {
                bank.add(0, SOURCE.observed(random) / SCALE);
            }
            NaturalPeak p = NaturalPeak.fit(bank, bank.counts(0), line, SCALE, 955, 40, 11).orElseThrow();
            position[s] = (p.centre() - truth) / p.centreError();
            width[s] = (p.sigma() * SCALE - SIGMA) / (p.sigmaError() * SCALE);
        }
        assertThat(StatUtils.mean(position)).isCloseTo(0, within(0.2));
        assertThat(Math.sqrt(StatUtils.variance(position))).isCloseTo(1, within(0.2));
        assertThat(StatUtils.mean(width)).isCloseTo(0, within(0.2));
        assertThat(Math.sqrt(StatUtils.variance(width))).isCloseTo(1, within(0.2));
    }

    @Test
    void everyLineIsFittedWithoutContinuumToo() {
        NaturalLine.Table line = NaturalLine.of(CalibrationLine.MN_KA).table();
        for (int s = 0; s < 100; s++) {
            SplittableRandom random = new SplittableRandom(s);
            HistogramBank bank = new HistogramBank(1, 800, 1, 400);
            for (int i = 0; i < 500; i++) {
                bank.add(0, (5894 + SIGMA * random.nextGaussian()) / SCALE);
            }
            assertThat(NaturalPeak.fit(bank, bank.counts(0), line, SCALE, 955, 40, 11)).as("seed %d", s)
                    .hasValueSatisfying(p -> assertThat(p.background()).isNotNegative());
        }
    }

    @Test
    void aContinuumIsNoLine() {
        NaturalLine.Table line = NaturalLine.of(CalibrationLine.MN_KA).table();
        SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < 20; trial++) {
            HistogramBank bank = new HistogramBank(1, 800, 1, 400);
            for (int i = 0; i < 4000; i++) {
                bank.add(0, random.nextDouble(800, 1200));
            }
            assertThat(NaturalPeak.fit(bank, bank.counts(0), line, SCALE, 958, 40, 11)).isEmpty();
        }
    }

    @Test
    void tooFewCountsAreNoLine() {
        HistogramBank bank = new HistogramBank(1, 800, 1, 400);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 30; i++) {
            bank.add(0, SOURCE.observed(random) / SCALE);
        }
        assertThat(NaturalPeak.fit(bank, bank.counts(0), NaturalLine.of(CalibrationLine.MN_KA).table(), SCALE, 958, 40,
                11))
                .isEmpty();
    }
}
