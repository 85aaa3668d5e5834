// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.CtiTable.ColumnTerm;
import org.xtendsxi.caldb.table.CtiTable.Transfer;

/**
 * The columns of a CTI table arranged for speed: what a pixel needs stands side by side, with the loss at PH_CUT worked
 * out. The decay of the benefit of charge injection depends on the distance to the injected row and on SCALE, which few
 * columns have to themselves: it is tabulated once for each SCALE.
 */
final class CtiColumns {
    /** Places of S after those of F. */
    static final int SLOW = 5;
    /** Doubles of a transfer: loss at PH_REF, power, loss at the cut, PROB, start of its decay in {@link #decay}. */
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
    private final int nearest;
    private final int span;
    /** Benefit of charge injection that is left at a distance, one stretch for each SCALE. */
    private double[] decay = new double[0];
    private int decays;
    private double lastRate = Double.NaN;
    private int lastStretch;
    private final Map<Double, Integer> stretches = new HashMap<>();

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
        for (int y = 0; y <= LAST_ROW; y++) {
            distance[y] = injection.legal() ? injection.distance(y) : 0;
        }
        this.nearest = Arrays.stream(distance).min().orElseThrow();
        this.span = Arrays.stream(distance).max().orElseThrow() - nearest + 1;
        for (int r = 0; r < rows; r++) {
            cut[r] = Double.isNaN(fixedCut) ? table.phCut(r) : fixedCut;
            for (int x = 0; x < COLUMNS; x++) {
                fill(values, at(r, x), r, x, Transfer.F);
                fill(values, at(r, x) + SLOW, r, x, Transfer.S);
                fill(anomalous, at(r, x) / 2, r, x, Transfer.A);
            }
        }
    }

    private void fill(double[] v, int at, int row, int rawX, Transfer t) {
        v[at] = table.value(row, rawX, t, ColumnTerm.NORM);
        v[at + INDEX] = table.value(row, rawX, t, ColumnTerm.INDEX);
        v[at + AT_CUT] = v[at] * Math.pow(cut[row] / table.phRef(), v[at + INDEX]);
        v[at + PROB] = table.value(row, rawX, t, ColumnTerm.PROB);
        double rate = -1 / table.value(row, rawX, t, ColumnTerm.SCALE);
        if (rate != lastRate) {
            lastRate = rate;
            lastStretch = stretches.computeIfAbsent(rate, this::stretch);
        }
        v[at + DECAY] = lastStretch;
    }

    /** Adds the decay of a SCALE, given as -1/SCALE; returns where distance 0 of it stands. */
    private int stretch(double rate) {
        if (decays + span > decay.length) {
            decay = Arrays.copyOf(decay, 2 * decay.length + span);
        }
        int at = decays;
        decays += span;
        for (int d = 0; d < span; d++) {
            decay[at + d] = Powers.exp(rate * (nearest + d));
        }
        return at - nearest;
    }

    /** Start of the parameters of a column. */
    static int at(int row, int rawX) {
        return (row * COLUMNS + rawX) * 2 * TERMS;
    }

    /** Loss per transfer at and below PH_CUT; at is the start of a column, plus {@link #SLOW} for slow transfers. */
    double lossAtCut(int at) {
        return values[at + AT_CUT];
    }

    /**
     * Loss per transfer.
     *
     * @param at start of the parameters of a column, plus {@link #SLOW} for slow transfers
     * @param ln logarithm of pulse height over PH_REF, above PH_CUT
     */
    double loss(int at, double ln) {
        return values[at] * Powers.exp(values[at + INDEX] * ln);
    }

    /** Loss per anomalous transfer; at is the start of the column, ln NaN at and below PH_CUT. */
    double anomalousLoss(int at, double ln) {
        int a = at / 2;
        return Double.isNaN(ln) ? anomalous[a + AT_CUT] : anomalous[a] * Powers.exp(anomalous[a + INDEX] * ln);
    }

    /** Part of the loss that remains after the benefit of charge injection; at as in {@link #loss}. */
    double left(int at, int rows) {
        return left(values, at, rows);
    }

    /** Part of the anomalous loss that remains; at is the start of the column. */
    double anomalousLeft(int at, int rows) {
        return left(anomalous, at / 2, rows);
    }

    private double left(double[] v, int at, int rows) {
        return 1 - v[at + PROB] * decay[(int) v[at + DECAY] + rows];
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
