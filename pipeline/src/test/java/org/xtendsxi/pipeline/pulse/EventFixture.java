// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.pulse;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;

/** Chunks of events for tests: every integer column of a kind has the same value until it is set. */
public final class EventFixture {
    private static final List<Column> COLUMNS = List.of(EventColumns.TIME, EventColumns.CCD_ID, EventColumns.SEGMENT,
            EventColumns.READNODE, EventColumns.ADCAVE, EventColumns.RAWX, EventColumns.ACTX, EventColumns.ACTY,
            EventColumns.P_OUTER_MOST, EventColumns.PHAS, EventColumns.PHAS_MASK, EventColumns.PHA, EventColumns.PI,
            EventColumns.GRADE, EventColumns.STATUS, EventColumns.PROC_STATUS);

    private EventFixture() {
    }

    /** Rows of zeros with further columns. */
    public static EventChunk chunk(long firstRow, int rows, Column... more) {
        List<Column> all = new ArrayList<>(COLUMNS);
        all.addAll(List.of(more));
        EventChunk c = EventChunk.allocate(new EventSchema(all), firstRow, rows);
        for (Column k : COLUMNS) {
            if (k == EventColumns.TIME) {
                c.put(k.name(), new double[rows]);
            } else if (k.type().integer()) {
                c.put(k.name(), new int[rows * k.width()]);
            }
        }
        return c;
    }

    /** The same value in every row. */
    public static void set(EventChunk c, String column, int value) {
        int[] v = c.ints(column);
        java.util.Arrays.fill(v, value);
        c.put(column, v);
    }

    /** Readout of section 16 of the energy-chain specification. */
    public static Readout readout() {
        return new Readout("WINDOW1", 100, 200, 0, new Readout.Injection(1, 80, 81, 1), all(4), all(2), all(640),
                new int[] {0, 1, 0, 1, 1, 0, 1, 0}, all(0));
    }

    private static int[] all(int value) {
        int[] v = new int[8];
        java.util.Arrays.fill(v, value);
        return v;
    }
}
