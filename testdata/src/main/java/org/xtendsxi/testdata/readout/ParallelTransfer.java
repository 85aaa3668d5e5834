// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.charge.ChargeImage;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;

/**
 * Charge lost to traps on the way to the register (energy-chain section 7.2). The loss per transfer depends on the
 * pulse height that is left at the end, as the calibration describes it, so the pulse height shown is found by
 * iteration.
 */
final class ParallelTransfer implements ChargeEffect {
    private static final int STEPS = 30;

    private final SimulationConfig config;
    private final Defects.Transfer model;
    private final RowMap rows;
    private final int segment;
    private final int node;
    private final ColumnTraps traps;

    ParallelTransfer(SimulationConfig config, RowMap rows, int ccdId, int segment) {
        this.config = config;
        this.model = config.detector().defects().transfer();
        this.rows = rows;
        this.segment = segment;
        this.node = config.detector().activeNode()[Sxi.segmentIndex(ccdId, segment)];
        this.traps = ColumnTraps.draw(config, ccdId, segment);
    }

    @Override
    public void apply(int cycle, ChargeImage charge) {
        FrameGeometry g = config.detector().geometry();
        double unit = config.detector().aduPerElectron();
        charge.change((i, q) -> {
            int rawX = i % g.width() - g.under();
            int rawY = i / g.width() - g.vUnder();
            boolean active = rawX >= 0 && rawX < g.active() && rawY >= 0 && rawY < g.rows();
            return q > 0 && active ? shown(q * unit, rawX, rows.actY(rawY)) / unit : q;
        });
    }

    /** Pulse height that is left of a true one, channels. */
    double shown(double truth, int rawX, int actY) {
        double p = truth;
        for (int i = 0; i < STEPS; i++) {
            double next = truth * kept(p, rawX, actY);
            if (next == p) {
                return p;
            }
            p = next;
        }
        return p;
    }

    private double kept(double p, int rawX, int y) {
        FrameGeometry g = config.detector().geometry();
        Defects.Injection ci = config.detector().defects().injection();
        boolean injected = config.has(Effect.CHARGE_INJECTION);
        int since = !injected ? 0 : y < ci.first() ? y : (y - ci.first()) % ci.period();
        int[] a = traps.stretch(ReadNode.actX(segment, node, rawX));
        TransferCounts n = injected ? TransferCounts.injected(y, since, a[0], a[1], ci.first(), ci.period())
                : TransferCounts.without(y, a[0], a[1]);
        int others = g.rows() + rows.windowStart() - n.plain() - n.anomalous() - n.anomalousPlain();
        double fast = loss(traps.fast()[rawX], model.fast(), p);
        double slow = loss(traps.slow()[rawX], model.slow(), p);
        double anomalous = loss(traps.anomalous()[rawX], model.anomalous(), p);
        return Math.pow(1 - filled(fast, model.fast(), since), others) * Math.pow(1 - fast, n.plain())
                * Math.pow(1 - filled(anomalous, model.anomalous(), since), n.anomalous())
                * Math.pow(1 - anomalous, n.anomalousPlain())
                * Math.pow(1 - filled(slow, model.slow(), since), y + g.vUnder() - 1);
    }

    private double loss(double norm, Defects.Trap t, double p) {
        return norm * Math.pow(Math.max(p, model.cut()) / model.pulseHeight(), t.index());
    }

    private static double filled(double loss, Defects.Trap t, int since) {
        return loss * (1 - t.prob() * Math.exp(-since / t.scale()));
    }
}
