// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.testdata.charge.ChargeImage;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;

/** The effects on charge are the physics that the formulas of the corrections, written out here, undo. */
@Tag("validation")
class ChargeEffectsTest {
    private static final RowMap FULL = RowMap.of(DataMode.WINDOW1, 1, 640);
    private static final double UNIT = 3.65 / 6.15;

    private static SimulationConfig config(Effect... effects) {
        return SimulationConfig.of(SceneKind.BLANK, 3, 1).withEffects(Set.of(effects)).withDarkCycles(0);
    }

    /** energy-chain section 6.4. */
    @Test
    void evenOddGainIsUndoneByItsPolynomial() {
        SimulationConfig c = config(Effect.EVEN_ODD);
        FrameGeometry g = c.detector().geometry();
        ChargeImage q = new ChargeImage();
        q.add(g.index(10, 5), 1000 / UNIT);
        q.add(g.index(11, 5), 1000 / UNIT);
        q.add(g.index(12, 5), -3);
        new EvenOddGain(c, 2, 1).apply(0, q);
        double vt = new VideoBoard(c.detector().defects().video(), c.startTime()).temperature(2, c.startTime());
        double[] shown = {q.at(g.index(10, 5)) * UNIT, q.at(g.index(11, 5)) * UNIT};
        for (int parity = 0; parity < 2; parity++) {
            AsicGain a = AsicGain.draw(c, 2, 1, parity);
            double factor = (1 + a.norm() * (vt - a.offset()) / 1000) - a.norm() * (25 - a.offset()) / 1000;
            assertThat(factor).isBetween(0.97, 1.0);
            double p = shown[parity] / factor;
            assertThat(a.linear() * p + a.quadratic() * p * p).isCloseTo(1000, within(1e-9));
        }
        assertThat(shown[0]).isNotCloseTo(shown[1], within(0.5));
        assertThat(q.at(g.index(12, 5))).isEqualTo(-3);
    }

    @Test
    void temperatureStaysBelowTheReference() {
        Defects.Video v = Defects.standard().video();
        VideoBoard b = new VideoBoard(v, 100);
        assertThat(b.temperature(0, 100)).isEqualTo(18);
        assertThat(b.temperature(0, 100 + v.period() / 4)).isCloseTo(21, within(1e-9));
        assertThat(b.temperature(1, 100)).isNotCloseTo(18, within(1.0));
        assertThat(VideoBoard.board(2)).isEqualTo(VideoBoard.board(3)).isNotEqualTo(VideoBoard.board(1));
    }

    private static double loss(double norm, Defects.Trap t, double p, double since) {
        return norm * Math.pow(Math.max(p, 30) / 1000, t.index()) * (1 - t.prob() * Math.exp(-since / t.scale()));
    }

    private static double all(double norm, Defects.Trap t, double p) {
        return norm * Math.pow(Math.max(p, 30) / 1000, t.index());
    }

    /** energy-chain sections 7.2.4 to 7.2.6, a column without anomaly, with and without charge injection. */
    @Test
    void lossOfATransferIsThatOfTheTable() {
        for (boolean injected : new boolean[] {false, true}) {
            SimulationConfig c = injected ? config(Effect.CTI, Effect.CHARGE_INJECTION) : config(Effect.CTI);
            ParallelTransfer transfer = new ParallelTransfer(c, FULL, 1, 0);
            ColumnTraps traps = ColumnTraps.draw(c, 1, 0);
            Defects.Transfer m = c.detector().defects().transfer();
            for (int y : new int[] {1, 2, 80, 81, 100, 640}) {
                int rawX = 7;
                assertThat(traps.stretches()).doesNotContainKey(8);
                for (double truth : new double[] {12, 100, 958.5}) {
                    double p = transfer.shown(truth, rawX, y);
                    int since = injected ? (y - 1) % 80 : 0;
                    double f = Math.pow(1 - loss(traps.fast()[rawX], m.fast(), p, since), 640 + 1 - since)
                            * Math.pow(1 - all(traps.fast()[rawX], m.fast(), p), since)
                            * Math.pow(1 - loss(traps.slow()[rawX], m.slow(), p, since), y - 1);
                    assertThat(p / f).isCloseTo(truth, within(1e-9 * truth));
                    assertThat(p).isLessThan(truth);
                }
            }
            double after = transfer.shown(958.5, 7, 82);
            double before = transfer.shown(958.5, 7, 160);
            assertThat(after - before).isBetween(injected ? 1.0 : 0.0, injected ? 12.0 : 2.0);
        }
    }

    /** energy-chain section 7.2.5: every row of the four tables, worked out by hand. */
    @Test
    void countsOfTransfersAreThoseOfTheTables() {
        // B: rows 90 to 130 lie between the injected rows 81 and 161.
        assertThat(injected(85, 90, 130)).isEqualTo(new TransferCounts(4, 0, 0));
        assertThat(injected(100, 90, 130)).isEqualTo(new TransferCounts(9, 0, 10));
        assertThat(injected(150, 90, 130)).isEqualTo(new TransferCounts(29, 0, 40));
        assertThat(injected(170, 90, 130)).isEqualTo(new TransferCounts(9, 40, 0));
        // C: rows 60 to 180 hold the injected rows 81 and 161.
        assertThat(injected(50, 60, 180)).isEqualTo(new TransferCounts(49, 0, 0));
        assertThat(injected(70, 60, 180)).isEqualTo(new TransferCounts(59, 0, 10));
        assertThat(injected(100, 60, 180)).isEqualTo(new TransferCounts(0, 21, 19));
        assertThat(injected(200, 60, 180)).isEqualTo(new TransferCounts(20, 101, 19));
        assertThat(injected(250, 60, 180)).isEqualTo(new TransferCounts(9, 120, 0));
        // A and D.
        assertThat(injected(250, 0, 0)).isEqualTo(new TransferCounts(9, 0, 0));
        assertThat(TransferCounts.without(50, 60, 180)).isEqualTo(new TransferCounts(0, 0, 0));
        assertThat(TransferCounts.without(100, 60, 180)).isEqualTo(new TransferCounts(60, 0, 40));
        assertThat(TransferCounts.without(200, 60, 180)).isEqualTo(new TransferCounts(80, 0, 120));
    }

    private static TransferCounts injected(int y, int low, int high) {
        return TransferCounts.injected(y, (y - 1) % 80, low, high, 1, 80);
    }

    /** energy-chain section 7.1, steps (a) to (c) on the event of a photon in one pixel. */
    @Test
    void trailIsUndoneByTheSteps() {
        SimulationConfig c = config(Effect.TRAIL);
        FrameGeometry g = c.detector().geometry();
        ChargeImage q = new ChargeImage();
        int centre = g.index(200, 300);
        q.add(centre, 958.5 / UNIT);
        new ChargeTrail(c, FULL).apply(0, q);
        double p = q.at(centre) * UNIT;
        assertThat(p).isBetween(940.0, 957.0);
        double horizontal = p * 1e-5 * Math.pow(p / 1000, -0.3) * (200 + 1 + 4);
        double vertical = p * 5e-6 * Math.pow(p / 1000, -0.4) * (301 + 640);
        assertThat(p + horizontal + vertical).isCloseTo(958.5, within(1e-9));
        assertThat(q.at(centre + 1) * UNIT).isCloseTo(horizontal, within(1e-9));
        assertThat(q.at(centre + g.width()) * UNIT).isCloseTo(vertical, within(1e-9));
        assertThat(q.pixels()).hasSize(3);
    }

    @Test
    void fullPixelsOverflowAlongTheColumn() {
        FrameGeometry g = config().detector().geometry();
        ChargeImage q = new ChargeImage();
        q.add(g.index(30, 100), 500);
        q.add(g.index(30, 101), 80);
        new FullWell(g, FULL, 100).apply(0, q);
        assertThat(q.at(g.index(30, 100))).isEqualTo(100);
        assertThat(q.at(g.index(30, 101))).isEqualTo(100);
        assertThat(q.at(g.index(30, 102))).isEqualTo(100);
        assertThat(q.at(g.index(30, 103))).isEqualTo(80);
        assertThat(q.at(g.index(30, 98))).isEqualTo(100);
        assertThat(q.pixels().values().stream().mapToDouble(v -> v).sum()).isEqualTo(580);
    }
}
