// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flicker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xtendsxi.caldb.error.SxiException;

/** The list of grades as scripts write it. */
class FlickerGradesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0|1", "0, 2,3|1101", "0,2-4|11101", "-2|111", "10-|110000000000",
        "0-12|111111111111", "ALL|111111111111"})
    void numbersRangesAndAll(String list, String bits) {
        assertThat(Integer.toBinaryString(FlickerStage.grades(list))).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "0,,2", "4-2", "x", "12", "0:3"})
    void othersAreRefused(String list) {
        assertThatThrownBy(() -> FlickerStage.grades(list)).isInstanceOf(SxiException.class)
                .hasMessageContaining("grades");
    }
}
