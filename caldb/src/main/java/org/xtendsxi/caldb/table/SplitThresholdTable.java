// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import java.util.Arrays;

/** Split threshold, offset (channels) and slope (SPLIT_TH, energy-chain sections 8.2 and 11.3). */
public final class SplitThresholdTable {
    private static final int TERMS = Term.values().length;

    private final KeyedRows rows;
    private final double[] values;

    /** Columns of the table. */
    public enum Term {
        /** Threshold at zero pulse height, channels. */
        SPTH_OFFSET,
        /** Growth with pulse height. */
        SPTH_LINR
    }

    private SplitThresholdTable(int[] segmentRow, double[] values) {
        this.rows = new KeyedRows(segmentRow, SegmentRow.COUNT);
        this.values = values;
    }

    /**
     * Makes a table of columns.
     *
     * @param segmentRow {@link SegmentRow} of every row
     * @param values row-major [rows][terms] in the order of {@link Term}
     */
    public static SplitThresholdTable of(int[] segmentRow, double[] values) {
        return new SplitThresholdTable(segmentRow, values.clone());
    }

    /** Reads the block of an observation. */
    public static SplitThresholdTable load(TableSource source, TableChoice choice) {
        try (CalibrationTable t = CalibrationTable.first(source).block(choice.start(), SegmentRow.COUNT)) {
            String[] names = Arrays.stream(Term.values()).map(Term::name).toArray(String[]::new);
            return of(t.segmentRows(), Interleaved.columns(t, names));
        }
    }

    /** Row of a {@link SegmentRow}, or -1 if the table has none. */
    public int row(int segmentRow) {
        return rows.row(segmentRow);
    }

    /** Value of a row found by {@link #row}. */
    public double value(int row, Term term) {
        return values[row * TERMS + term.ordinal()];
    }
}
