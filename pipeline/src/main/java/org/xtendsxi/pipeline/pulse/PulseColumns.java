// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.pulse;

import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.Sxi;

/** Columns that stand between the stages of the energy chain; files get the debug columns on request only. */
public final class PulseColumns {
    /** Pulse heights after the even/odd correction. */
    public static final Column PHAS_EVENODD = pulses("PHAS_EVENODD", "PHAS after even/odd correction");
    /** Pulse heights after the charge-trail correction. */
    public static final Column PHAS_TRAILCORR = pulses("PHAS_TRAILCORR", "PHAS after charge-trail correction");
    /** Pulse heights after the CTI correction. */
    public static final Column PHAS_CTICORR = pulses("PHAS_CTICORR", "PHAS after CTI correction");
    /** Sum of the first split-threshold iteration. */
    public static final Column PHA_SPTH = channel("PHA_SPTH", "PHA of the first threshold");
    /** Grade of the first split-threshold iteration. */
    public static final Column GRADE_SPTH = grade("GRADE_SPTH", "GRADE of the first threshold");
    /** Why an event has no energy. */
    public static final Column NULL_REASON =
            Column.of("NULL_REASON", ColumnType.BYTE, 1).text("why there is no energy, 0 = there is");
    /** PHA before this run. */
    public static final Column PHA_COPY = channel("PHA_COPY", "PHA before this run");
    /** Grade before this run. */
    public static final Column GRADE_COPY = grade("GRADE_COPY", "GRADE before this run");

    private PulseColumns() {
    }

    /** Columns written with {@code debugcol=yes}. */
    public static List<Column> debug() {
        return List.of(PHAS_EVENODD, PHAS_TRAILCORR, PHAS_CTICORR, PHA_SPTH, GRADE_SPTH);
    }

    private static Column channel(String name, String text) {
        return Column.of(name, ColumnType.SHORT, 1).unit("chan").nullValue(Sxi.NULL_CHANNEL).text(text);
    }

    private static Column grade(String name, String text) {
        return Column.of(name, ColumnType.SHORT, 1).nullValue(Grade.NULL).text(text);
    }

    private static Column pulses(String name, String text) {
        return Column.of(name, ColumnType.DOUBLE, EventPixels.INNER).unit("chan").text(text);
    }
}
