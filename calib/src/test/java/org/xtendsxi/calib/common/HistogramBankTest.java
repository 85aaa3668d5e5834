// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is out of range or no number is not counted, neither in its histogram nor in that beside it. */
@Tag("non-regression")
class HistogramBankTest {
    @ParameterizedTest
    @CsvSource({"10, 0", "10.99, 0", "13, 3", "9.99, -1", "14, -1", "NaN, -1", "-Infinity, -1", "Infinity, -1"})
    void countsWhatIsInRange(double value, int bin) {
        HistogramBank bank = new HistogramBank(3, 10, 1, 4);
        assertThat(bank.add(1, value)).isEqualTo(bin >= 0);
        int[] expected = new int[4];
        if (bin >= 0) {
            expected[bin] = 1;
        }
        assertThat(bank.counts(1)).isEqualTo(expected);
        assertThat(bank.total(0) + bank.total(2)).isZero();
    }
}
