// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.CtiTable.ColumnTerm;
import org.xtendsxi.caldb.table.CtiTable.Transfer;

/**
 * The fast and slow parts of a CTI table arranged for speed: what one pixel needs stands in one cache line, and the
 * sawtooth of the charge injection, which depends on column and distance only, is tabulated when a row is first used.
 */
final class CtiColumns {
    /** Doubles of a column: loss at PH_REF, index, loss at the cut, and one unused, of F and of S. */
    private static final int STRIDE = 8;
    private static final int NORM = 0;
    private static final int INDEX = 1;
    private static final int AT_CUT = 2;
    /** Places of S after those of F. */
    static final int SLOW = 4;
    /** Doubles of a column for anomalous transfers: loss at PH_REF, index, loss at the cut, PROB, SCALE. */
    private static final int ANOMALOUS_STRIDE = 5;
    private static final int COLUMNS = Sxi.RAW_COLUMNS;
    private static final int LAST_ROW = Sxi.ACT_SIZE + 1;

    private final CtiTable table;
    private final double[] values;
    private final double[] anomalous;
    private final double[] cut;
    private final int[] distance = new int[LAST_ROW + 1];
    private final int nearest;
    private final int distances;
    private final AtomicReferenceArray<double[]> sawtooth;

    /**
     * Arranges a table.
     *
     * @param rows number of rows of the table
     * @param fixedCut replaces PH_CUT of the table; NaN for the table's
     */
    CtiColumns(CtiTable table, int rows, double fixedCut, InjectionRows injection) {
        this.table = table;
        this.values = new double[rows * COLUMNS * STRIDE];
        this.anomalous = new double[rows * COLUMNS * ANOMALOUS_STRIDE];
        this.cut = new double[rows];
        this.sawtooth = new AtomicReferenceArray<>(rows);
        for (int r = 0; r < rows; r++) {
            cut[r] = Double.isNaN(fixedCut) ? table.phCut(r) : fixedCut;
            for (int x = 0; x < COLUMNS; x++) {
                fill(r, x, Transfer.F, 0);
                fill(r, x, Transfer.S, SLOW);
                fillAnomalous(r, x);
            }
        }
        int low = Integer.MAX_VALUE;
        int high = Integer.MIN_VALUE;
        for (int y = 0; y <= LAST_ROW; y++) {
            distance[y] = injection.legal() ? injection.distance(y) : 0;
            low = Math.min(low, distance[y]);
            high = Math.max(high, distance[y]);
        }
        nearest = low;
        distances = high - low + 1;
    }

    private void fill(int row, int rawX, Transfer t, int place) {
        int at = (row * COLUMNS + rawX) * STRIDE + place;
        values[at + NORM] = table.value(row, rawX, t, ColumnTerm.NORM);
        values[at + INDEX] = table.value(row, rawX, t, ColumnTerm.INDEX);
        values[at + AT_CUT] = values[at + NORM] * Math.pow(cut[row] / table.phRef(), values[at + INDEX]);
    }

    private void fillAnomalous(int row, int rawX) {
        int at = (row * COLUMNS + rawX) * ANOMALOUS_STRIDE;
        anomalous[at] = table.value(row, rawX, Transfer.A, ColumnTerm.NORM);
        anomalous[at + INDEX] = table.value(row, rawX, Transfer.A, ColumnTerm.INDEX);
        anomalous[at + AT_CUT] = anomalous[at] * Math.pow(cut[row] / table.phRef(), anomalous[at + INDEX]);
        anomalous[at + 3] = table.value(row, rawX, Transfer.A, ColumnTerm.PROB);
        anomalous[at + 4] = table.value(row, rawX, Transfer.A, ColumnTerm.SCALE);
    }

    /** As {@link #loss}, for anomalous transfers of a column. */
    double anomalousLoss(int row, int rawX, double ln) {
        int at = (row * COLUMNS + rawX) * ANOMALOUS_STRIDE;
        return Double.isNaN(ln) ? anomalous[at + AT_CUT] : anomalous[at] * Powers.exp(anomalous[at + INDEX] * ln);
    }

    /** As {@link #remaining}, for anomalous transfers of a column. */
    double anomalousLeft(int row, int rawX, int distance) {
        int at = (row * COLUMNS + rawX) * ANOMALOUS_STRIDE;
        return 1 - anomalous[at + 3] * Powers.exp(-(double) distance / anomalous[at + 4]);
    }

    /**
     * Loss per transfer.
     *
     * @param at start of the parameters of a column, plus {@link #SLOW} for slow transfers
     * @param ln logarithm of pulse height over PH_REF, NaN at and below PH_CUT
     */
    double loss(int at, double ln) {
        return Double.isNaN(ln) ? values[at + AT_CUT] : values[at + NORM] * Powers.exp(values[at + INDEX] * ln);
    }

    /** Start of the parameters of a column. */
    static int at(int row, int rawX) {
        return (row * COLUMNS + rawX) * STRIDE;
    }

    /** Lowest pulse height of the power law, channels. */
    double cut(int row) {
        return cut[row];
    }

    /** Whether a CCD row is in the tables. */
    static boolean tabulated(int y) {
        return y >= 0 && y <= LAST_ROW;
    }

    /** Distance to the injected row ahead, for rows 0..641. */
    int distance(int y) {
        return distance[y];
    }

    /** Place of the sawtooth of F in {@link #sawtooth}; that of S follows. */
    int sawtoothAt(int rawX, int y) {
        return ((distance[y] - nearest) * COLUMNS + rawX) * 2;
    }

    /** Part of the loss that remains after the benefit of charge injection, 1 - PROB*exp(-distance/SCALE). */
    double[] sawtooth(int row) {
        double[] s = sawtooth.get(row);
        if (s == null) {
            s = new double[distances * COLUMNS * 2];
            for (int d = 0, at = 0; d < distances; d++) {
                for (int x = 0; x < COLUMNS; x++) {
                    s[at++] = remaining(row, x, Transfer.F, d + nearest);
                    s[at++] = remaining(row, x, Transfer.S, d + nearest);
                }
            }
            sawtooth.set(row, s);
        }
        return s;
    }

    /** As {@link #sawtooth}, for any transfer and distance. */
    double remaining(int row, int rawX, Transfer t, int distance) {
        return 1 - table.value(row, rawX, t, ColumnTerm.PROB)
                * Powers.exp(-(double) distance / table.value(row, rawX, t, ColumnTerm.SCALE));
    }
}
