// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import java.util.Map;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.testdata.charge.ChargeImage;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.SimulationConfig;

/**
 * Charge that stays behind and follows in the next pixel of the row and in the next row (energy-chain section 7.1). Its
 * amount grows with the number of transfers and depends on the pulse height of the pixel that lost it.
 */
final class ChargeTrail implements ChargeEffect {
    private static final int STEPS = 30;

    private final SimulationConfig config;
    private final Defects.Trail model;
    private final RowMap rows;

    ChargeTrail(SimulationConfig config, RowMap rows) {
        this.config = config;
        this.model = config.detector().defects().trail();
        this.rows = rows;
    }

    @Override
    public void apply(int cycle, ChargeImage charge) {
        FrameGeometry g = config.detector().geometry();
        double unit = config.detector().aduPerElectron();
        for (Map.Entry<Integer, Double> e : charge.copy().pixels().entrySet()) {
            int at = e.getKey();
            int rawX = at % g.width() - g.under();
            int rawY = at / g.width() - g.vUnder();
            if (e.getValue() <= 0 || rawX < 0 || rawX >= g.active() || rawY < 0 || rawY >= g.rows()) {
                continue;
            }
            double truth = e.getValue() * unit;
            double columns = rawX + 1 + g.under();
            double transfers = rows.actY(rawY) + g.rows();
            double p = truth;
            for (int i = 0; i < STEPS; i++) {
                p = truth / (1 + columns * rate(p, model.normH(), model.indexH())
                        + transfers * rate(p, model.normV(), model.indexV()));
            }
            charge.add(at, (p - truth) / unit);
            charge.add(at + 1, p * columns * rate(p, model.normH(), model.indexH()) / unit);
            if ((rawY + 1) % rows.windowSize() != 0) {
                charge.add(at + g.width(), p * transfers * rate(p, model.normV(), model.indexV()) / unit);
            }
        }
    }

    private double rate(double p, double norm, double index) {
        return norm * Math.pow(Math.max(p, model.cut()) / model.pulseHeight(), index);
    }
}
