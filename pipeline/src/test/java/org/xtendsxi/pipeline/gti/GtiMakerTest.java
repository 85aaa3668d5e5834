// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.gti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.expression.RowExpression;

/** Runs of good rows by hand, in chunks of every size. */
class GtiMakerTest {
    private static final EventSchema SCHEMA = new EventSchema(List.of(Column.of("TIME", ColumnType.DOUBLE, 1),
            Column.of("ELV", ColumnType.DOUBLE, 1)));

    private static EventSource rows(double[] time, double[] elv, int size) {
        return new EventSource() {
            private int at;

            @Override
            public EventSchema schema() {
                return SCHEMA;
            }

            @Override
            public Optional<EventChunk> next() {
                int n = Math.min(size, time.length - at);
                if (n == 0) {
                    return Optional.empty();
                }
                EventChunk c = EventChunk.allocate(SCHEMA, at, n);
                c.put("TIME", java.util.Arrays.copyOfRange(time, at, at + n));
                c.put("ELV", java.util.Arrays.copyOfRange(elv, at, at + n));
                at += n;
                return Optional.of(c);
            }

            @Override
            public void close() {
            }
        };
    }

    private static GtiList make(double[] time, double[] elv, double before, double after) {
        RowExpression e = RowExpression.parse("ELV>5", SCHEMA, new Keywords());
        GtiList one = GtiMaker.make(rows(time, elv, 1), e::test, before, after);
        for (int size = 2; size <= time.length; size++) {
            assertThat(GtiMaker.make(rows(time, elv, size), e::test, before, after)).isEqualTo(one);
        }
        return one;
    }

    private static GtiList list(double... t) {
        List<Gti> all = new java.util.ArrayList<>();
        for (int i = 0; i < t.length; i += 2) {
            all.add(new Gti(t[i], t[i + 1]));
        }
        return GtiList.of(all);
    }

    @Test
    void runsReachIntoTheGapsByTheGivenShares() {
        double[] time = {10, 12, 14, 18, 20, 22};
        double[] elv = {9, 9, 0, 9, Double.NaN, 9};
        assertThat(make(time, elv, 0, 1)).isEqualTo(list(10, 14, 18, 20));
        assertThat(make(time, elv, 0.5, 0.5)).isEqualTo(list(10, 13, 16, 19, 21, 22));
        assertThat(make(time, elv, 0, 0)).isEqualTo(list(10, 12));
    }

    @Test
    void timeThatRunsBackEndsARun() {
        assertThat(make(new double[] {10, 12, 5, 7, 9}, new double[] {9, 9, 9, 0, 0}, 0, 1))
                .isEqualTo(list(5, 7, 10, 12));
    }

    @Test
    void emptyIngredientIsAnErrorThatNamesIt() {
        assertThat(GtiMaker.and(Map.of("A", list(0, 10), "B", list(5, 20)))).isEqualTo(list(5, 10));
        assertThatThrownBy(() -> GtiMaker.and(Map.of("A", list(0, 10), "GTIEHK", GtiList.EMPTY)))
                .hasMessageContaining("GTIEHK");
    }
}
