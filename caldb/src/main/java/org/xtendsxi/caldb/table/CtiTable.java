// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import java.util.EnumMap;
import java.util.Map;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.Sxi;

/** Charge-transfer inefficiency per column (CTI and ANOMALY_REGION, energy-chain sections 7.2 and 11.3). */
public final class CtiTable {
    /** Grade groups: grades up to 1, 2, 3 to 5, all others. */
    public static final int GROUPS = 4;

    private final double phRef;
    private final KeyedRows rows;
    private final Map<Transfer, double[][]> columns;
    private final Map<GroupTerm, double[]> groups;
    private final double[] scalars;
    private final AnomalyRegions anomalies;

    /** Kinds of transfer. */
    public enum Transfer {
        /** Fast transfer from the imaging area to the frame store. */
        F,
        /** Slow transfer in the frame store. */
        S,
        /** Fast transfer through anomalous rows. */
        A
    }

    /** Parameters of a kind of transfer, a vector over RAWX each. */
    public enum ColumnTerm {
        /** Loss per transfer at PH_REF. */
        NORM,
        /** Part of the traps that charge injection fills. */
        PROB,
        /** Rows after which the traps are empty again. */
        SCALE,
        /** Power of pulse height. */
        INDEX
    }

    /** Parameters by grade group. */
    public enum GroupTerm {
        /** Factor of the loss. */
        GFACTOR,
        /** Offset below GOFFSET_EBL, constant. */
        GOFFSET_AL0,
        /** Offset below GOFFSET_EBL, linear. */
        GOFFSET_AL1,
        /** Offset below GOFFSET_EBL, quadratic. */
        GOFFSET_AL2,
        /** Offset below GOFFSET_EBL, cubic. */
        GOFFSET_AL3,
        /** Offset up to GOFFSET_EBH, constant. */
        GOFFSET_AM0,
        /** Offset up to GOFFSET_EBH, linear. */
        GOFFSET_AM1,
        /** Offset up to GOFFSET_EBH, quadratic. */
        GOFFSET_AM2,
        /** Offset up to GOFFSET_EBH, cubic. */
        GOFFSET_AM3,
        /** Offset above GOFFSET_EBH. */
        GOFFSET_AH0
    }

    private CtiTable(double phRef, int[] segmentRow, Map<Transfer, double[][]> columns, Map<GroupTerm, double[]> groups,
            double[] scalars, AnomalyRegions anomalies) {
        this.phRef = phRef;
        this.rows = new KeyedRows(segmentRow, SegmentRow.COUNT);
        this.columns = new EnumMap<>(columns);
        this.groups = new EnumMap<>(groups);
        this.scalars = scalars;
        this.anomalies = anomalies;
    }

    /**
     * Makes a table of columns; the arrays are taken over and must not be changed.
     *
     * @param phRef PH_REF, pulse height to which the losses refer, channels
     * @param segmentRow {@link SegmentRow} of every row
     * @param columns for each transfer, by {@link ColumnTerm}: row-major [rows][320] over RAWX
     * @param groups by term: row-major [rows][4]
     * @param scalars row-major [rows][3]: GOFFSET_EBL, GOFFSET_EBH, PH_CUT, channels
     * @param anomalies anomalous rows
     */
    public static CtiTable of(double phRef, int[] segmentRow, Map<Transfer, double[][]> columns,
            Map<GroupTerm, double[]> groups, double[] scalars, AnomalyRegions anomalies) {
        return new CtiTable(phRef, segmentRow, columns, groups, scalars, anomalies);
    }

    /** Reads the block of an observation and the anomalous regions of the file. */
    public static CtiTable load(TableSource source, TableChoice choice) {
        Map<Transfer, double[][]> columns = new EnumMap<>(Transfer.class);
        Map<GroupTerm, double[]> groups = new EnumMap<>(GroupTerm.class);
        AnomalyRegions anomalies = AnomalyRegions.load(source);
        try (CalibrationTable t = CalibrationTable.ofMode(source, choice).block(choice.start(), SegmentRow.COUNT)) {
            for (Transfer k : Transfer.values()) {
                double[][] terms = new double[ColumnTerm.values().length][];
                for (ColumnTerm c : ColumnTerm.values()) {
                    terms[c.ordinal()] = t.doubles("PARA_" + k + "_" + c, Sxi.RAW_COLUMNS);
                }
                for (double scale : terms[ColumnTerm.SCALE.ordinal()]) {
                    if (scale <= 0) {
                        throw SxiException.calibration("scale is not positive").in(source.path())
                                .column("PARA_" + k + "_SCALE").value(scale).todo("repair the table").build();
                    }
                }
                columns.put(k, terms);
            }
            for (GroupTerm g : GroupTerm.values()) {
                groups.put(g, t.doubles(g.name(), GROUPS));
            }
            return of(t.referencePulseHeight(), t.segmentRows(), columns, groups,
                    Interleaved.columns(t, "GOFFSET_EBL", "GOFFSET_EBH", "PH_CUT"), anomalies);
        }
    }

    /** PH_REF, pulse height to which the losses refer, channels. */
    public double phRef() {
        return phRef;
    }

    /** Row of a {@link SegmentRow}, or -1 if the table has none. */
    public int row(int segmentRow) {
        return rows.row(segmentRow);
    }

    /** Parameter of a column, rawX 0..319. */
    public double value(int row, int rawX, Transfer transfer, ColumnTerm term) {
        return columns.get(transfer)[term.ordinal()][row * Sxi.RAW_COLUMNS + rawX];
    }

    /** Parameter of a grade group, 0..3. */
    public double value(int row, int group, GroupTerm term) {
        return groups.get(term)[row * GROUPS + group];
    }

    /** Highest PHA of the low band of the offset, channels. */
    public double offsetLow(int row) {
        return scalars[row * 3];
    }

    /** Highest PHA of the medium band of the offset, channels. */
    public double offsetHigh(int row) {
        return scalars[row * 3 + 1];
    }

    /** Lowest pulse height of the power law, channels. */
    public double phCut(int row) {
        return scalars[row * 3 + 2];
    }

    /** Anomalous rows. */
    public AnomalyRegions anomalies() {
        return anomalies;
    }
}
