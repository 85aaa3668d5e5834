// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import java.util.Arrays;

/** Charge left behind in the serial and parallel registers (CHARGE_TRAIL, energy-chain sections 7.1 and 11.3). */
public final class ChargeTrailTable {
    private static final int TERMS = Term.values().length;

    private final KeyedRows rows;
    private final double[] values;
    private final double phRef;

    /** Columns of the table. */
    public enum Term {
        /** Loss per transfer in the serial register at PH_REF. */
        NORM_H,
        /** Loss per transfer in the parallel register at PH_REF. */
        NORM_V,
        /** Power of pulse height, serial. */
        INDEX_H,
        /** Power of pulse height, parallel. */
        INDEX_V,
        /** Added to the number of serial transfers, pixels. */
        OFFSET_H,
        /** Added to the number of parallel transfers, pixels. */
        OFFSET_V,
        /** Lowest pulse height of the power law, channels. */
        PH_CUT,
        /** Slope of the inverse echo. */
        ESLOPE,
        /** Offset of the inverse echo, channels. */
        EOFFSET
    }

    private ChargeTrailTable(double phRef, int[] segmentRow, double[] values) {
        this.phRef = phRef;
        this.rows = new KeyedRows(segmentRow, SegmentRow.COUNT);
        this.values = values;
    }

    /**
     * Makes a table of columns.
     *
     * @param phRef PH_REF, pulse height to which the coefficients refer, channels
     * @param segmentRow {@link SegmentRow} of every row
     * @param values row-major [rows][terms] in the order of {@link Term}
     */
    public static ChargeTrailTable of(double phRef, int[] segmentRow, double[] values) {
        return new ChargeTrailTable(phRef, segmentRow, values.clone());
    }

    /** Reads the block of an observation. */
    public static ChargeTrailTable load(TableSource source, TableChoice choice) {
        try (CalibrationTable t = CalibrationTable.ofMode(source, choice).block(choice.start(), SegmentRow.COUNT)) {
            String[] names = Arrays.stream(Term.values()).map(Term::name).toArray(String[]::new);
            return of(t.referencePulseHeight(), t.segmentRows(), Interleaved.columns(t, names));
        }
    }

    /** PH_REF, pulse height to which the coefficients refer, channels. */
    public double phRef() {
        return phRef;
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
