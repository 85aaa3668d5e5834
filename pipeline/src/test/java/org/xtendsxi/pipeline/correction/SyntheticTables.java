// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.table.AnomalyRegions;
import org.xtendsxi.caldb.table.ChargeTrailTable;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.CtiTable.GroupTerm;
import org.xtendsxi.caldb.table.CtiTable.Transfer;
import org.xtendsxi.caldb.table.EvenOddTable;
import org.xtendsxi.caldb.table.SegmentRow;

/** The synthetic calibration of section 16 of the energy-chain specification. */
public final class SyntheticTables {
    private static final int[] SEGMENTS = IntStream.range(0, SegmentRow.COUNT).toArray();

    private SyntheticTables() {
    }

    /** Numbers of all segments, as keys of rows. */
    public static int[] segments() {
        return SEGMENTS.clone();
    }

    /** The same values in every row. */
    public static double[] everyRow(double... values) {
        return perRow(s -> values);
    }

    private static double[] perRow(IntFunction<double[]> row) {
        return IntStream.range(0, SegmentRow.COUNT).mapToObj(row).flatMapToDouble(java.util.Arrays::stream).toArray();
    }

    /** VT_EVEN_ODD. */
    public static EvenOddTable evenOdd() {
        int n = SegmentRow.COUNT * 6;
        int[] key = new int[n];
        int[] adc = new int[n];
        int[] odd = new int[n];
        double[] values = new double[n * EvenOddTable.COEFFICIENTS];
        for (int i = 0; i < n; i++) {
            key[i] = i / 6;
            adc[i] = i / 2 % 3;
            odd[i] = i % 2;
            int c = key[i] >> 2;
            int s = key[i] >> 1 & 1;
            int r = key[i] & 1;
            double[] v = {2 + c + 0.5 * odd[i], 1, -50, 0.25 * odd[i] - 0.1 * c, 1 + 0.002 * odd[i] - 0.001 * s,
                1e-7 * (r + 1)};
            System.arraycopy(v, 0, values, i * v.length, v.length);
        }
        return EvenOddTable.of(new EvenOddTable.Temperatures(-30, 20, 0, 900), key, adc, odd, values);
    }

    /** Temperatures. */
    public static VideoTemperature temperature() {
        double[][] vt = {{5, 9, 9, 9}, {6, 10, 10, 10}, {7, 11, 30, 11}, {8, 12, 12, 12}};
        return VideoTemperature.of(new double[] {0, 4, 8, 12}, vt, true);
    }

    /** CHARGE_TRAIL. */
    public static ChargeTrailTable trail() {
        return ChargeTrailTable.of(900, SEGMENTS,
                perRow(s -> new double[] {2e-6 + 1e-7 * (s >> 2), 3e-6, -0.3, -0.4, 1, 2, 20, -0.002, 0.5}));
    }

    /** CTI, with other losses than the specification's if a factor is given. */
    public static CtiTable cti(double factor) {
        Map<Transfer, double[][]> columns = new EnumMap<>(Transfer.class);
        columns.put(Transfer.F, terms(i -> factor * (8e-6 + 1e-8 * i), 0.6, 150, -0.4));
        columns.put(Transfer.S, terms(i -> factor * (4e-6 + 5e-9 * i), 0.3, 100, -0.3));
        columns.put(Transfer.A, terms(i -> factor * 2e-5, 0.5, 120, -0.35));
        Map<GroupTerm, double[]> groups = new EnumMap<>(GroupTerm.class);
        groups.put(GroupTerm.GFACTOR, everyRow(1, 1.02, 1.03, 1.05));
        groups.put(GroupTerm.GOFFSET_AL0, everyRow(0.1 * 1, 0.1 * 2, 0.1 * 3, 0.1 * 4));
        groups.put(GroupTerm.GOFFSET_AL1, everyRow(0.01, 0.01, 0.01, 0.01));
        groups.put(GroupTerm.GOFFSET_AL2, everyRow(-1e-5, -1e-5, -1e-5, -1e-5));
        groups.put(GroupTerm.GOFFSET_AL3, everyRow(1e-9, 1e-9, 1e-9, 1e-9));
        groups.put(GroupTerm.GOFFSET_AM0, everyRow(0.5, 1, 1.5, 2));
        groups.put(GroupTerm.GOFFSET_AM1, everyRow(0.002, 0.002, 0.002, 0.002));
        groups.put(GroupTerm.GOFFSET_AM2, everyRow(-2e-7, -2e-7, -2e-7, -2e-7));
        groups.put(GroupTerm.GOFFSET_AM3, everyRow(0, 0, 0, 0));
        groups.put(GroupTerm.GOFFSET_AH0, everyRow(3, 4, 5, 6));
        return CtiTable.of(900, SEGMENTS, columns, groups, everyRow(306.5, 2000, 30),
                AnomalyRegions.of(new int[] {1, 1}, new int[] {100, 200}, new int[] {300, 250}, new int[] {340, 420}));
    }

    private static double[][] terms(DoubleUnaryOperator norm, double prob, double scale, double index) {
        double[][] t = new double[4][SegmentRow.COUNT * 320];
        for (int i = 0; i < t[0].length; i++) {
            t[0][i] = norm.applyAsDouble(i % 320);
            t[1][i] = prob;
            t[2][i] = scale;
            t[3][i] = index;
        }
        return t;
    }
}
