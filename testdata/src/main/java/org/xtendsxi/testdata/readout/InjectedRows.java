// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.testdata.charge.ChargeImage;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.RoundedGaussian;
import org.xtendsxi.testdata.random.Streams;

/**
 * Rows of injected charge: a level that differs from column to column, the same in every frame, light or dark, and a
 * fluctuation.
 */
final class InjectedRows implements ChargeEffect {
    private final SimulationConfig config;
    private final RowMap rows;
    private final int ccdId;
    private final int segment;
    private final Defects.Injection model;

    InjectedRows(SimulationConfig config, RowMap rows, int ccdId, int segment) {
        this.config = config;
        this.rows = rows;
        this.ccdId = ccdId;
        this.segment = segment;
        this.model = config.detector().defects().injection();
    }

    /** Adds the level to the active pixels of injected rows, 1/64 adu. */
    void fill(int[] level64) {
        FrameGeometry g = config.detector().geometry();
        ZigguratSampler.NormalizedGaussian gauss = ZigguratSampler.NormalizedGaussian.of(
                Streams.of(config.seed(), Streams.Purpose.INJECTION, ccdId, segment));
        for (int rawX = 0; rawX < g.active(); rawX++) {
            int level = (int) Math.rint(RoundedGaussian.FRACTIONS
                    * Math.max(0, model.level() + model.spread() * gauss.sample()));
            for (int rawY = 0; rawY < g.rows(); rawY++) {
                level64[g.index(rawX, rawY)] += injected(rawY) ? level : 0;
            }
        }
    }

    private boolean injected(int rawY) {
        int since = rows.actY(rawY) - model.first();
        return since >= 0 && since % model.period() == 0;
    }

    @Override
    public void apply(int cycle, ChargeImage charge) {
        FrameGeometry g = config.detector().geometry();
        double sigma = model.noise() / config.detector().aduPerElectron();
        ZigguratSampler.NormalizedGaussian gauss = ZigguratSampler.NormalizedGaussian.of(
                Streams.of(config.seed(), Streams.Purpose.INJECTION, ccdId, segment, cycle));
        for (int rawY = 0; rawY < g.rows(); rawY++) {
            for (int rawX = 0; injected(rawY) && rawX < g.active(); rawX++) {
                charge.add(g.index(rawX, rawY), sigma * gauss.sample());
            }
        }
    }
}
