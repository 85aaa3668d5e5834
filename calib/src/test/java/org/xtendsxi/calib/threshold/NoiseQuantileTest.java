// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.Pulls;

/** The threshold of normal noise is that of the normal distribution, also if some pixels hold charge. */
@Tag("validation")
class NoiseQuantileTest {
    private static final double NOISE = 5.4;
    private static final double CHANCE = 0.01;

    @Test
    void thresholdLiesWithinItsUncertainty() {
        Pulls pulls = new Pulls();
        double truth = NOISE * new NormalDistribution().inverseCumulativeProbability(1 - CHANCE);
        for (int seed = 0; seed < Pulls.SEEDS; seed++) {
            RandomGenerator random = Pulls.random(300 + seed);
            HistogramBank bank = new HistogramBank(1, -60, 0.25, 480);
            for (int i = 0; i < 12000; i++) {
                bank.add(0, NOISE * random.nextGaussian());
            }
            NoiseQuantile q = NoiseQuantile.of(bank, 0, CHANCE).orElseThrow();
            pulls.add("threshold", q.value(), truth, q.error());
        }
        pulls.check();
    }

    @Test
    void chargeInSomePixelsHardlyMovesIt() {
        RandomGenerator random = Pulls.random(1);
        HistogramBank clean = new HistogramBank(1, -60, 0.25, 480);
        HistogramBank charged = new HistogramBank(1, -60, 0.25, 480);
        for (int i = 0; i < 200_000; i++) {
            double noise = NOISE * random.nextGaussian();
            clean.add(0, noise);
            charged.add(0, noise + (i % 200 == 0 ? 30 : 0));
        }
        assertThat(NoiseQuantile.of(charged, 0, CHANCE).orElseThrow().value())
                .isCloseTo(NoiseQuantile.of(clean, 0, CHANCE).orElseThrow().value(),
                        org.assertj.core.api.Assertions.within(0.2));
    }

    @Test
    void emptyTailIsRefused() {
        HistogramBank bank = new HistogramBank(1, -60, 0.25, 480);
        for (int i = 0; i < 100; i++) {
            bank.add(0, i % 7);
        }
        assertThat(NoiseQuantile.of(bank, 0, 0.003)).isEmpty();
    }
}
