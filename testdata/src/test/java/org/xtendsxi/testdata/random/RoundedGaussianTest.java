// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundedGaussianTest {
    private static final int DRAWS = 400_000;
    private static final int OFFSET = 400;

    /** Against the probabilities of floor(level + sigma*g + 0.5), bins of at least 20 expected draws. */
    @ParameterizedTest
    @CsvSource({"5.4, 0", "5.4, 17", "5.4, 32", "5.4, 63", "0.7, 20", "20, 41"})
    void drawsAreRoundedGaussians(double sigma, int fraction) {
        RoundedGaussian g = new RoundedGaussian(sigma);
        var random = Streams.of(11, Streams.Purpose.NOISE, fraction);
        int level = 1000 * RoundedGaussian.FRACTIONS + fraction;
        long[] count = new long[2 * OFFSET];
        for (int i = 0; i < DRAWS; i++) {
            count[g.draw(level, random.nextInt()) - 1000 + OFFSET]++;
        }
        NormalDistribution normal = new NormalDistribution(fraction / 64.0, sigma);
        double chi2 = 0;
        int bins = 0;
        double expected = 0;
        double found = 0;
        for (int k = -OFFSET; k < OFFSET; k++) {
            expected += DRAWS * normal.probability(k - 0.5, k + 0.5);
            found += count[k + OFFSET];
            if (expected > 20) {
                chi2 += (found - expected) * (found - expected) / expected;
                bins++;
                expected = 0;
                found = 0;
            }
        }
        chi2 += (found - expected) * (found - expected) / Math.max(1, expected);
        assertThat(1 - new ChiSquaredDistribution(bins).cumulativeProbability(chi2)).isBetween(1e-4, 1 - 1e-4);
    }

    @Test
    void tailsReachSixSigma() {
        RoundedGaussian g = new RoundedGaussian(5.4);
        int far = 0;
        for (int column = 0; column < 128; column++) {
            int v = g.draw(0, column);
            far = Math.max(far, Math.abs(v));
        }
        assertThat(far).isBetween(32, 40);
    }

    @Test
    void withoutNoiseTheLevelIsRounded() {
        RoundedGaussian g = new RoundedGaussian(0);
        for (int random : new int[] {0, -1, 12345, 1 << 31}) {
            assertThat(g.draw(1000 * 64 + 31, random)).isEqualTo(1000);
            assertThat(g.draw(1000 * 64 + 32, random)).isEqualTo(1001);
        }
    }
}
