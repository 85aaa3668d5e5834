// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.CtiTable.ColumnTerm;
import org.xtendsxi.caldb.table.CtiTable.Transfer;
import org.xtendsxi.pipeline.pulse.EventFixture;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;

/** CTI correction over arrays against the formula of energy-chain section 7.2.6, written here with plain powers. */
class CtiCorrectionTest {
    private static final int EVENTS = 400;
    private final Readout readout = EventFixture.readout();

    private static EventChunk events(RandomGenerator random, int ccd) {
        EventChunk c = EventFixture.chunk(0, EVENTS);
        EventFixture.set(c, "CCD_ID", ccd);
        int[] rawX = c.ints("RAWX");
        int[] actX = c.ints("ACTX");
        int[] actY = c.ints("ACTY");
        int[] grade = c.ints("GRADE");
        int[] pha = c.ints("PHA");
        for (int i = 0; i < EVENTS; i++) {
            rawX[i] = i % 5 == 0 ? 99 : i % 7 == 0 ? 199 : random.nextInt(319);
            actX[i] = ReadNode.actX(0, 0, rawX[i]);
            actY[i] = random.nextInt(1, 641);
            grade[i] = random.nextInt(-1, 12);
            pha[i] = random.nextInt(4096);
        }
        c.put("RAWX", rawX);
        c.put("ACTX", actX);
        c.put("ACTY", actY);
        c.put("GRADE", grade);
        c.put("PHA", pha);
        return c;
    }

    /** Losses of the specification, ten times and a thousand times as large: the last leave the fast way. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 10, 1000})
    void arraysAgreeWithTheFormula(double factor) {
        RandomGenerator random = new java.util.SplittableRandom(20);
        CtiTable table = SyntheticTables.cti(factor);
        CtiCorrection cti = new CtiCorrection(new CtiCorrection.Settings(Double.NaN, false, Compat.HEASOFT_6_20),
                readout, table);
        InjectionRows rows = new InjectionRows(readout.injection(), Compat.HEASOFT_6_20);
        // the last bit of 1 - c, raised to a power of 640
        double tolerance = 2e-13;
        for (int ccd = 0; ccd < 2; ccd++) {
            try (EventChunk c = events(random, ccd)) {
                PulseBatch b = PulseBatch.of(c);
                double[] q = random.doubles(9L * EVENTS, -20, 60).map(v -> v > 50 ? v * 60 : v).toArray();
                double[] out = new double[q.length];
                CtiLosses losses = new CtiLosses(EVENTS);
                CtiCorrection.Before before = new CtiCorrection.Before(b.ints("GRADE"), b.ints("PHA"), true, false);
                double[] g = cti.dependence(b, 0, EVENTS, before);
                cti.losses(b, 0, EVENTS, q, losses);
                cti.restore(b, 0, EVENTS, q, losses, g, out);
                for (int k = 0; k < q.length; k++) {
                    double expected = formula(table, rows, b, k / 9, k % 9, q[k], g[k / 9 * 2]);
                    assertThat(out[k]).isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(expected))));
                }
            }
        }
    }

    private double formula(CtiTable t, InjectionRows rows, PulseBatch b, int i, int pixel, double p, double g) {
        int ccd = b.ints("CCD_ID")[i];
        int x = b.ints("ACTX")[i] + EventPixels.dx(pixel);
        int y = b.ints("ACTY")[i] + EventPixels.dy(pixel);
        int rx = b.ints("RAWX")[i] + EventPixels.dx(pixel);
        if (p <= 0 || x < 1) {
            return p;
        }
        int row = ccd * 4;
        int distance = rows.distance(y);
        InjectionRows.Transfers n = t.anomalies().has(ccd, x)
                ? rows.transfers(y, t.anomalies().min(ccd, x), t.anomalies().max(ccd, x))
                : new InjectionRows.Transfers(distance, 0, 0);
        double f = Math.pow(1 - loss(t, row, rx, Transfer.F, p, g, distance, true),
                640 - n.normal() - n.anomalousWith() - n.anomalous());
        f *= Math.pow(1 - loss(t, row, rx, Transfer.F, p, g, distance, false), n.normal());
        f *= Math.pow(1 - loss(t, row, rx, Transfer.A, p, g, distance, true), n.anomalousWith());
        f *= Math.pow(1 - loss(t, row, rx, Transfer.A, p, g, distance, false), n.anomalous());
        f *= Math.pow(1 - loss(t, row, rx, Transfer.S, p, g, distance, true), y + 2 - 1);
        return p / f;
    }

    private static double loss(CtiTable t, int row, int rx, Transfer k, double p, double g, int distance, boolean ci) {
        double ph = Math.max(p, 30);
        double c0 = g * t.value(row, rx, k, ColumnTerm.NORM)
                * Math.pow(ph / 900, t.value(row, rx, k, ColumnTerm.INDEX));
        return ci ? c0 * (1 - t.value(row, rx, k, ColumnTerm.PROB)
                * Math.exp(-distance / t.value(row, rx, k, ColumnTerm.SCALE))) : c0;
    }

    @Test
    void neutralTableLeavesEveryBit() {
        CtiCorrection cti = new CtiCorrection(new CtiCorrection.Settings(Double.NaN, false, Compat.STRICT), readout,
                SyntheticTables.cti(0));
        try (EventChunk c = events(new java.util.SplittableRandom(20), 1)) {
            PulseBatch b = PulseBatch.of(c);
            double[] q = new double[9 * EVENTS];
            java.util.Arrays.setAll(q, i -> i * 0.37 - 100);
            double[] out = new double[q.length];
            CtiLosses losses = new CtiLosses(EVENTS);
            cti.losses(b, 0, EVENTS, q, losses);
            cti.restore(b, 0, EVENTS, q, losses, new double[0], out);
            assertThat(out).containsExactly(q);
        }
    }

    @Test
    void addressesThatDisagreeAreRefused() {
        CtiCorrection cti = new CtiCorrection(new CtiCorrection.Settings(Double.NaN, false, Compat.STRICT), readout,
                SyntheticTables.cti(1));
        try (EventChunk c = EventFixture.chunk(10, 1)) {
            EventFixture.set(c, "ACTX", 200);
            EventFixture.set(c, "ACTY", 5);
            double[] q = {100, 100, 100, 100, 100, 100, 100, 100, 100};
            assertThatThrownBy(() -> cti.losses(PulseBatch.of(c), 0, 1, q, new CtiLosses(1)))
                    .isInstanceOf(SxiException.class).hasMessageContaining("row 11").hasMessageContaining("ACTX 200");
        }
    }
}
