// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Own logarithm and exponential against those of the library. */
class PowersTest {
    @Test
    void logarithmIsExactToTheLastDigits() {
        for (double x = 1e-5; x < 1e5; x *= 1.00037) {
            assertThat(Powers.log(x)).isCloseTo(Math.log(x), within(8e-16 * Math.max(1, Math.abs(Math.log(x)))));
        }
    }

    @Test
    void exponentialIsExactToTheLastDigits() {
        for (double x = -20; x < 20; x += 0.00171) {
            assertThat(Powers.exp(x) / Math.exp(x)).isCloseTo(1, within(1e-15 * Math.max(1, Math.abs(x))));
        }
    }

    @Test
    void limitsAreThoseOfTheLibrary() {
        assertThat(Powers.exp(0)).isEqualTo(1);
        assertThat(Powers.exp(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Powers.exp(800)).isInfinite();
        assertThat(Powers.exp(Double.NaN)).isNaN();
        assertThat(Powers.pow(Double.POSITIVE_INFINITY, -0.3)).isZero();
        assertThat(Powers.pow(0, 0.5)).isZero();
        assertThat(Powers.pow(2, 0)).isEqualTo(1);
    }
}
