// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import java.util.Arrays;

/** Gain from PHA to PI in three bands of PHA (GAIN, energy-chain sections 9 and 11.3). */
public final class GainTable {
    private static final int TERMS = Term.values().length;

    private final KeyedRows rows;
    private final double[] values;

    /** Columns of the table. */
    public enum Term {
        /** Constant term of the low band. */
        OFFSET_LOW,
        /** Linear term of the low band. */
        LINR_LOW,
        /** Quadratic term of the low band. */
        QUAD_LOW,
        /** Constant term of the medium band. */
        OFFSET_MED,
        /** Linear term of the medium band. */
        LINR_MED,
        /** Quadratic term of the medium band. */
        QUAD_MED,
        /** Constant term of the high band. */
        OFFSET_HI,
        /** Linear term of the high band. */
        LINR_HI,
        /** Quadratic term of the high band. */
        QUAD_HI,
        /** Highest PHA of the low band, channels. */
        BOUND_LM,
        /** Highest PHA of the medium band, channels. */
        BOUND_MH
    }

    private GainTable(int[] segmentRow, double[] values) {
        this.rows = new KeyedRows(segmentRow, SegmentRow.COUNT);
        this.values = values;
    }

    /**
     * Makes a table of columns.
     *
     * @param segmentRow {@link SegmentRow} of every row
     * @param values row-major [rows][terms] in the order of {@link Term}
     */
    public static GainTable of(int[] segmentRow, double[] values) {
        return new GainTable(segmentRow, values.clone());
    }

    /** Reads the block of an observation. */
    public static GainTable load(TableSource source, TableChoice choice) {
        try (CalibrationTable t = CalibrationTable.ofMode(source, choice).block(choice.start(), SegmentRow.COUNT)) {
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
