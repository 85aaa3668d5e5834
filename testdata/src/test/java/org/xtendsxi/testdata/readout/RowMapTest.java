// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.instrument.DataMode;

class RowMapTest {
    /** Live fractions of frames-and-science section 1.6. */
    @ParameterizedTest
    @CsvSource({"WINDOW1, 0.9908", "WINDOW1BURST, 0.4849", "WINDOW1BURST2, 0.0151",
        "WINDOW2, 0.9263", "WINDOW2BURST, 0.1212"})
    void liveFraction(DataMode mode, double expected) {
        RowMap map = RowMap.of(mode, 455, 80);
        int live = 0;
        int n = 400_000;
        for (int i = 0; i < n; i++) {
            live += map.exposure(4.0 * i / n) == RowMap.NONE ? 0 : 1;
        }
        assertThat((double) live / n).isCloseTo(expected, within(1e-4));
    }

    @Test
    void windowIsPackedInRows() {
        RowMap map = RowMap.of(DataMode.WINDOW2, 455, 80);
        assertThat(map.rawY(0, 455)).isZero();
        assertThat(map.rawY(7, 534)).isEqualTo(639);
        assertThat(map.rawY(3, 454)).isEqualTo(RowMap.NONE);
        assertThat(map.rawY(3, 535)).isEqualTo(RowMap.NONE);
        for (int rawY = 0; rawY < 640; rawY++) {
            assertThat(map.rawY(rawY / 80, map.actY(rawY))).isEqualTo(rawY);
        }
    }

    @Test
    void fullWindowReadsAllRows() {
        RowMap map = RowMap.of(DataMode.WINDOW1BURST, 455, 80);
        assertThat(map.rawY(0, 1)).isZero();
        assertThat(map.rawY(0, 640)).isEqualTo(639);
        assertThat(map.actY(639)).isEqualTo(640);
    }
}
