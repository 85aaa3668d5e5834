// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.pulse;

import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.instrument.EventPixels;

/** Columns that stand between the stages of the energy chain; files get the debug columns on request only. */
public final class PulseColumns {
    /** Pulse heights with which the chain starts; NaN for events without energy. */
    public static final Column PHAS_START = pulses("PHAS_START", "pulse heights at the start of the chain");
    /** Pulse heights after the even/odd correction. */
    public static final Column PHAS_EVENODD = pulses("PHAS_EVENODD", "PHAS after even/odd correction");
    /** Pulse heights after the charge-trail correction. */
    public static final Column PHAS_TRAILCORR = pulses("PHAS_TRAILCORR", "PHAS after charge-trail correction");
    /** Pulse heights after the CTI correction. */
    public static final Column PHAS_CTICORR = pulses("PHAS_CTICORR", "PHAS after CTI correction");
    /** Sum of the first split-threshold iteration. */
    public static final Column PHA_SPTH = EventColumns.PHA.named("PHA_SPTH").text("PHA of the first threshold");
    /** Grade of the first split-threshold iteration. */
    public static final Column GRADE_SPTH = EventColumns.GRADE.named("GRADE_SPTH").text("GRADE of the first threshold");
    /** Summed pulse height before truncation. */
    public static final Column PHA_SUM =
            Column.of("PHA_SUM", ColumnType.DOUBLE, 1).unit("chan").text("summed pulse height, not truncated");
    /** Why an event has no energy. */
    public static final Column NULL_REASON =
            Column.of("NULL_REASON", ColumnType.BYTE, 1).text("why there is no energy, 0 = there is");
    /** PHA before this run. */
    public static final Column PHA_COPY = EventColumns.PHA.named("PHA_COPY").text("PHA before this run");
    /** Grade before this run. */
    public static final Column GRADE_COPY = EventColumns.GRADE.named("GRADE_COPY").text("GRADE before this run");

    private PulseColumns() {
    }

    /** Columns written with {@code debugcol=yes}. */
    public static List<Column> debug() {
        return List.of(PHAS_EVENODD, PHAS_TRAILCORR, PHAS_CTICORR, PHA_SPTH, GRADE_SPTH);
    }

    private static Column pulses(String name, String text) {
        return Column.of(name, ColumnType.DOUBLE, EventPixels.INNER).unit("chan").text(text);
    }
}
