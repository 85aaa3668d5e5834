// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.math3.special.Erf;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fast noise against the integral of the normal distribution. */
class RoundedGaussianTest {
    private static final int DRAWS = 400_000;
    private static final int ENOUGH = 20;

    @ParameterizedTest
    @CsvSource({"5.4,0", "5.4,1", "5.4,13", "5.4,32", "5.4,63", "5.4,64017", "0.7,32", "1.3,5", "20,40"})
    @Tag("validation")
    void followsTheNormalIntegral(double sigma, int level64) {
        RoundedGaussian g = new RoundedGaussian(sigma);
        UniformRandomProvider random = Streams.of(7, Streams.Purpose.NOISE, level64);
        double level = (double) level64 / RoundedGaussian.FRACTIONS;
        int low = (int) Math.floor(level - 7 * sigma) - 1;
        int[] seen = new int[(int) Math.ceil(14 * sigma) + 4];
        for (int i = 0; i < DRAWS; i++) {
            seen[g.draw(level64, random.nextInt()) - low]++;
        }
        double chi2 = 0;
        int bins = 0;
        double restSeen = 0;
        double restExpected = 0;
        for (int i = 0; i < seen.length; i++) {
            double a = (low + i - 0.5 - level) / (sigma * Math.sqrt(2));
            double b = (low + i + 0.5 - level) / (sigma * Math.sqrt(2));
            double expected = DRAWS * 0.5 * Erf.erf(a, b);
            if (expected >= ENOUGH) {
                chi2 += (seen[i] - expected) * (seen[i] - expected) / expected;
                bins++;
            } else {
                restSeen += seen[i];
                restExpected += expected;
            }
        }
        assertThat(chi2).as("chi2 of %d bins", bins).isBetween(bins - 1 - 4 * Math.sqrt(2.0 * bins),
                bins - 1 + 4 * Math.sqrt(2.0 * bins));
        assertThat(restSeen).as("tails").isBetween(restExpected - 5 * Math.sqrt(restExpected) - 1,
                restExpected + 5 * Math.sqrt(restExpected) + 1);
    }

    @Test
    void withoutNoiseItRounds() {
        RoundedGaussian g = new RoundedGaussian(0);
        assertThat(g.draw(64 * 100 + 31, 0x12345678)).isEqualTo(100);
        assertThat(g.draw(64 * 100 + 32, -1)).isEqualTo(101);
    }
}
