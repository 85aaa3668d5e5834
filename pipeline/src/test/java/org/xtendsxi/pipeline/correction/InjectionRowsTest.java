// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xtendsxi.pipeline.correction.InjectionRows.Transfers;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;

/** Transfers by the tables of energy-chain section 7.2.5, worked by hand. Injected rows: 1, 81, 161, 241, 321, ... */
class InjectionRowsTest {
    private final InjectionRows rows = new InjectionRows(new Readout.Injection(1, 80, 81, 1), Compat.HEASOFT_6_20);
    private final InjectionRows off = new InjectionRows(new Readout.Injection(0, 80, 81, 1), Compat.HEASOFT_6_20);

    @Test
    void distanceIsASawtooth() {
        assertThat(new int[] {rows.distance(0), rows.distance(1), rows.distance(80), rows.distance(81),
            rows.distance(160), rows.distance(161)}).containsExactly(-1, 0, 79, 0, 79, 0);
        assertThat(off.distance(300)).isZero();
    }

    @Test
    void regionWithoutInjectedRow() {
        // region 250..300 between the rows 241 and 321: D = 59 >= size 50
        assertThat(rows.transfers(250, 250, 300)).isEqualTo(new Transfers(9, 0, 0));
        assertThat(rows.transfers(280, 250, 300)).isEqualTo(new Transfers(9, 0, 30));
        assertThat(rows.transfers(310, 250, 300)).isEqualTo(new Transfers(19, 0, 50));
        assertThat(rows.transfers(330, 250, 300)).isEqualTo(new Transfers(9, 50, 0));
    }

    @Test
    void regionWithInjectedRows() {
        // region 250..420 holds the rows 321 and 401
        assertThat(rows.transfers(250, 250, 420)).isEqualTo(new Transfers(9, 0, 0));
        assertThat(rows.transfers(300, 250, 420)).isEqualTo(new Transfers(9, 0, 50));
        assertThat(rows.transfers(330, 250, 420)).isEqualTo(new Transfers(0, 71, 9));
        assertThat(rows.transfers(440, 250, 420)).isEqualTo(new Transfers(20, 151, 19));
        assertThat(rows.transfers(500, 250, 420)).isEqualTo(new Transfers(19, 170, 0));
    }

    @Test
    void regionWithoutInjection() {
        assertThat(off.transfers(250, 250, 420)).isEqualTo(new Transfers(0, 0, 0));
        assertThat(off.transfers(300, 250, 420)).isEqualTo(new Transfers(250, 0, 50));
        assertThat(off.transfers(500, 250, 420)).isEqualTo(new Transfers(330, 0, 170));
    }

    @Test
    void strictMendsRegionsBelowTheSecondInjectedRow() {
        InjectionRows strict = new InjectionRows(new Readout.Injection(1, 80, 81, 1), Compat.STRICT);
        assertThat(strict.transfers(60, 20, 40)).as("above the region").isEqualTo(new Transfers(39, 0, 20));
        assertThat(strict.transfers(100, 20, 40)).as("behind row 81").isEqualTo(new Transfers(19, 20, 0));
        assertThat(rows.transfers(60, 20, 40)).as("the reference").isNotEqualTo(strict.transfers(60, 20, 40));
        assertThat(strict.transfers(330, 250, 420)).as("elsewhere the same").isEqualTo(rows.transfers(330, 250, 420));
    }
}
