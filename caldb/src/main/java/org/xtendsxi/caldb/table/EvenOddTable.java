// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

/**
 * Gain of even and odd columns with its dependence on the video-board temperature (VT_EVEN_ODD, energy-chain sections
 * 6.3, 6.4 and 11.3). Rows are found by {@link #row}; a row number of -1 means that the table has none.
 */
public final class EvenOddTable {
    /** Number of coefficients of a row. */
    public static final int COEFFICIENTS = 6;
    private static final int MAX_ROWS = 96;
    private static final int ADC_MODES = 4;

    private final Temperatures temperatures;
    private final KeyedRows rows;
    private final double[] values;

    /**
     * Keywords of the temperature term.
     *
     * @param min VT_MIN, lowest calibrated temperature, C
     * @param max VT_MAX, highest calibrated temperature, C
     * @param reference VT_REF, temperature at which the factor is one, C
     * @param pulseHeight PH_REF, pulse height to which the coefficients refer, channels
     */
    public record Temperatures(double min, double max, double reference, double pulseHeight) {
    }

    private EvenOddTable(Temperatures temperatures, int[] keys, double[] values) {
        this.temperatures = temperatures;
        this.rows = new KeyedRows(keys, SegmentRow.COUNT * ADC_MODES * 2);
        this.values = values;
    }

    /**
     * Makes a table of columns.
     *
     * @param temperatures keywords
     * @param segmentRow {@link SegmentRow} of every row
     * @param adcAve ADCAVE of every row, -1..2
     * @param evenOdd EVEN_ODD of every row, 0 even, 1 odd
     * @param values row-major [rows][6]: VT_GAIN_NORM, VT_GAIN_INDEX, VT_GAIN_OFFSET (C), GAIN_OFFSET (channels),
     *     GAIN_LINR, GAIN_QUAD
     */
    public static EvenOddTable of(Temperatures temperatures, int[] segmentRow, int[] adcAve, int[] evenOdd,
            double[] values) {
        int[] keys = new int[segmentRow.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(segmentRow[i], adcAve[i], evenOdd[i]);
        }
        return new EvenOddTable(temperatures, keys, values.clone());
    }

    /** Reads the block of an observation. */
    public static EvenOddTable load(TableSource source, TableChoice choice) {
        try (CalibrationTable t = CalibrationTable.first(source).block(choice.start(), MAX_ROWS)) {
            String[] names = {"VT_GAIN_NORM", "VT_GAIN_INDEX", "VT_GAIN_OFFSET", "GAIN_OFFSET", "GAIN_LINR",
                "GAIN_QUAD"};
            Temperatures k = new Temperatures(t.real("VT_MIN"), t.real("VT_MAX"), t.real("VT_REF"),
                    t.referencePulseHeight());
            return of(k, t.segmentRows(), t.ints("ADCAVE", 1, -1, 2), t.ints("EVEN_ODD", 1, 0, 1),
                    Interleaved.columns(t, names));
        }
    }

    private static int key(int segmentRow, int adcAve, int evenOdd) {
        return segmentRow < 0 || adcAve < -1 || adcAve > 2 ? -1 : (segmentRow * ADC_MODES + adcAve + 1) * 2 + evenOdd;
    }

    /** Keywords of the temperature term. */
    public Temperatures temperatures() {
        return temperatures;
    }

    /** Row of a column parity, or -1. */
    public int row(int segmentRow, int adcAve, int evenOdd) {
        return rows.row(key(segmentRow, adcAve, evenOdd));
    }

    /** Number of rows. */
    public int rows() {
        return values.length / COEFFICIENTS;
    }

    /** Coefficient c of a row, in the order of {@link #of}. */
    public double value(int row, int c) {
        return values[row * COEFFICIENTS + c];
    }
}
