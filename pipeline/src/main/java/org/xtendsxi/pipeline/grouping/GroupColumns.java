// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grouping;

import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;

/** The columns of the bins of a spectrum. */
public final class GroupColumns {
    private static final String FLAGS = "GROUPING";
    private static final String QUALITY = "QUALITY";

    /** Both columns. */
    public static final List<Column> ALL = List.of(
            Column.of(FLAGS, ColumnType.SHORT, 1).text("1 starts a bin, -1 continues it"),
            Column.of(QUALITY, ColumnType.SHORT, 1).text("0 good, 2 few counts, 5 left out"));

    private GroupColumns() {
    }

    /** Fills the columns of a run of channels. */
    public static void fill(EventChunk chunk, Grouping g) {
        int from = Math.toIntExact(chunk.firstRow());
        chunk.put(FLAGS, Arrays.copyOfRange(g.flags(), from, from + chunk.rows()));
        chunk.put(QUALITY, Arrays.copyOfRange(g.quality(), from, from + chunk.rows()));
    }
}
