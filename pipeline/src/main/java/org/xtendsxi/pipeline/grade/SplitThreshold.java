// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grade;

import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.caldb.table.SplitThresholdTable;
import org.xtendsxi.caldb.table.SplitThresholdTable.Term;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Fault;

/** Split threshold, offset + slope * PHA, by {@link SegmentRow} (energy-chain section 8.2), channels. */
public final class SplitThreshold {
    private final double[] offset = new double[SegmentRow.COUNT];
    private final double[] slope = new double[SegmentRow.COUNT];
    private final boolean[] present = new boolean[SegmentRow.COUNT];

    private SplitThreshold() {
    }

    /** Thresholds of a table; strict refuses a table without the row of an event, HEASoft 6.20 takes zeros (Q7). */
    public static SplitThreshold of(SplitThresholdTable table, Compat compat) {
        SplitThreshold t = new SplitThreshold();
        for (int s = 0; s < SegmentRow.COUNT; s++) {
            int row = table.row(s);
            t.present[s] = row >= 0 || compat.keeps(Fault.MISSING_ROW);
            t.offset[s] = row < 0 ? 0 : table.value(row, Term.SPTH_OFFSET);
            t.slope[s] = row < 0 ? 0 : table.value(row, Term.SPTH_LINR);
        }
        return t;
    }

    /** The same threshold for all segments; HEASoft 6.20 truncates both numbers to integers (Q1). */
    public static SplitThreshold of(double offset, double slope, Compat compat) {
        SplitThreshold t = new SplitThreshold();
        boolean whole = compat.keeps(Fault.THRESHOLD_TRUNCATED);
        for (int s = 0; s < SegmentRow.COUNT; s++) {
            t.present[s] = true;
            t.offset[s] = whole ? (int) offset : offset;
            t.slope[s] = whole ? (int) slope : slope;
        }
        return t;
    }

    double offset(int segmentRow) {
        if (!present[segmentRow]) {
            throw SxiException.calibration("split-threshold table lacks a segment")
                    .value(SegmentRow.words(segmentRow)).todo("give a complete split-threshold file").build();
        }
        return offset[segmentRow];
    }

    double slope(int segmentRow) {
        return slope[segmentRow];
    }
}
