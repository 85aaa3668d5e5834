// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/** Which of a few events are kept, by hand. */
@Tag("validation")
class ScreeningTest {
    private static final EventSchema SCHEMA = new EventSchema(List.of(EventColumns.TIME, EventColumns.PI,
            EventColumns.GRADE, EventColumns.STATUS));
    private static final GtiList GOOD = GtiList.of(List.of(new Gti(10, 20), new Gti(30, 40)));

    private static boolean[] keep(String condition, double[] time, int[] pi, int[] grade, long[] status) {
        try (EventChunk c = EventChunk.allocate(SCHEMA, 0, time.length)) {
            c.put("TIME", time);
            c.put("PI", pi);
            c.put("GRADE", grade);
            c.put("STATUS", status);
            return new Screening(condition, 1e-6, GOOD, SCHEMA, new Keywords()).keep(c);
        }
    }

    @Test
    void energiesOutsideTheLegalRangeAreNeverKept() {
        int none = (int) EventColumns.PI.nullValue().orElseThrow();
        assertThat(keep("T", new double[] {15, 15, 15, 15, 15}, new int[] {0, 4095, 5000, -5, none}, new int[5],
                new long[5]))
                .containsExactly(true, true, false, false, false);
    }

    @Test
    void bothEndsOfAnIntervalAreGoodAndRoundingIsForgiven() {
        assertThat(keep("T", new double[] {10, 20, 20 + 5e-7, 20.001, 25, 30 - 5e-7, Double.NaN}, new int[7],
                new int[7], new long[7])).containsExactly(true, true, true, false, false, true, false);
    }

    @Test
    void flagsCountFromOne() {
        assertThat(keep("STATUS[1]==b0&&STATUS[3]==b0&&(GRADE==0||GRADE==6)", new double[] {15, 15, 15, 15, 15},
                new int[5], new int[] {0, 6, 1, 0, 6}, new long[] {0, 2, 0, 1, 4}))
                .containsExactly(true, true, false, false, false);
    }

    @Test
    void unknownColumnIsToldWithItsPlace() {
        assertThatThrownBy(() -> keep("GRADE<5&&PHAZ>3", new double[0], new int[0], new int[0], new long[0]))
                .isInstanceOf(SxiException.class).hasMessageContaining("PHAZ").hasMessageContaining("character 10");
    }
}
