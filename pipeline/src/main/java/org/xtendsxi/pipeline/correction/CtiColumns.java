// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.CtiTable.ColumnTerm;
import org.xtendsxi.caldb.table.CtiTable.Transfer;

/**
 * The columns of a CTI table arranged for speed: what a pixel needs stands side by side, with the loss at PH_CUT worked out.
 * The sawtooth of the charge injection is computed and not tabulated: a table over columns and distances would not stay in
 * the cache, and waiting for it takes longer than the exponential.
 */
final class CtiColumns {
    /** Places of S after those of F. */
    static final int SLOW = 5;
    /** Doubles of a transfer: loss at PH_REF, power, loss at the cut, PROB, -1/SCALE. */
    private static final int TERMS = 5;
    private static final int INDEX = 1;
    private static final int AT_CUT = 2;
    private static final int PROB = 3;
    private static final int DECAY = 4;
    private static final int COLUMNS = Sxi.RAW_COLUMNS;
    private static final int LAST_ROW = Sxi.ACT_SIZE + 1;

    private final CtiTable table;
    private final double[] values;
    private final double[] anomalous;
    private final double[] cut;
    private final int[] distance = new int[LAST_ROW + 1];

    /**
     * Arranges a table.
     *
     * @param rows number of rows of the table
     * @param fixedCut replaces PH_CUT of the table; NaN for the table's
     */
    CtiColumns(CtiTable table, int rows, double fixedCut, InjectionRows injection) {
        this.table = table;
        this.values = new double[rows * COLUMNS * 2 * TERMS];
        this.anomalous = new double[rows * COLUMNS * TERMS];
        this.cut = new double[rows];
        for (int r = 0; r < rows; r++) {
            cut[r] = Double.isNaN(fixedCut) ? table.phCut(r) : fixedCut;
            for (int x = 0; x < COLUMNS; x++) {
                fill(values, at(r, x), r, x, Transfer.F);
                fill(values, at(r, x) + SLOW, r, x, Transfer.S);
                fill(anomalous, at(r, x) / 2, r, x, Transfer.A);
            }
        }
        for (int y = 0; y <= LAST_ROW; y++) {
            distance[y] = injection.legal() ? injection.distance(y) : 0;
        }
    }

    private void fill(double[] v, int at, int row, int rawX, Transfer t) {
        v[at] = table.value(row, rawX, t, ColumnTerm.NORM);
        v[at + INDEX] = table.value(row, rawX, t, ColumnTerm.INDEX);
        v[at + AT_CUT] = v[at] * Math.pow(cut[row] / table.phRef(), v[at + INDEX]);
        v[at + PROB] = table.value(row, rawX, t, ColumnTerm.PROB);
        v[at + DECAY] = -1 / table.value(row, rawX, t, ColumnTerm.SCALE);
    }

    /** Start of the parameters of a column. */
    static int at(int row, int rawX) {
        return (row * COLUMNS + rawX) * 2 * TERMS;
    }

    /**
     * Loss per transfer.
     *
     * @param at start of the parameters of a column, plus {@link #SLOW} for slow transfers
     * @param ln logarithm of pulse height over PH_REF, NaN at and below PH_CUT
     */
    double loss(int at, double ln) {
        return loss(values, at, ln);
    }

    /** Loss per anomalous transfer; at is the start of the column. */
    double anomalousLoss(int at, double ln) {
        return loss(anomalous, at / 2, ln);
    }

    private static double loss(double[] v, int at, double ln) {
        return Double.isNaN(ln) ? v[at + AT_CUT] : v[at] * Powers.exp(v[at + INDEX] * ln);
    }

    /** Part of the loss that remains after the benefit of charge injection; at as in {@link #loss}. */
    double left(int at, int rows) {
        return left(values, at, rows);
    }

    /** Part of the anomalous loss that remains; at is the start of the column. */
    double anomalousLeft(int at, int rows) {
        return left(anomalous, at / 2, rows);
    }

    private static double left(double[] v, int at, int rows) {
        return 1 - v[at + PROB] * Powers.exp(v[at + DECAY] * rows);
    }

    /** Part of the loss that remains, straight from the table: 1 - PROB*exp(-distance/SCALE). */
    double remaining(int row, int rawX, Transfer t, int rows) {
        return 1 - table.value(row, rawX, t, ColumnTerm.PROB)
                * Powers.exp(-(double) rows / table.value(row, rawX, t, ColumnTerm.SCALE));
    }

    /** Lowest pulse height of the power law, channels. */
    double cut(int row) {
        return cut[row];
    }

    /** Whether a CCD row is in the table of distances. */
    static boolean tabulated(int y) {
        return y >= 0 && y <= LAST_ROW;
    }

    /** Distance to the injected row ahead, for rows 0..641. */
    int distance(int y) {
        return distance[y];
    }
}
