// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.testdata.charge.ChargeImage;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.Streams;

/**
 * Flickering pixels of a segment, each bright in a share of the cycles that is drawn anew for every cycle.
 *
 * @param config the simulation
 * @param rows mode of the segment
 * @param segment 0..1
 * @param node node in use
 * @param pixels the pixels
 */
record Flickering(SimulationConfig config, RowMap rows, int segment, int node, List<OddPixel> pixels)
        implements ChargeEffect {
    @Override
    public void apply(int cycle, ChargeImage charge) {
        for (OddPixel p : pixels) {
            UniformRandomProvider random = Streams.of(config.seed(), Streams.Purpose.FLICKER, p.ccdId(), segment,
                    p.actX(), p.actY(), cycle);
            double mean = rows.darkShare() * p.level() / config.detector().aduPerElectron();
            for (int i = 0; i < rows.mode().timing().exposures(); i++) {
                int rawY = rows.rawY(i, p.actY());
                if (rawY != RowMap.NONE && random.nextDouble() < config.detector().defects().level().duty()) {
                    charge.add(config.detector().geometry().index(ReadNode.rawX(segment, node, p.actX()), rawY),
                            PoissonSampler.of(random, mean).sample());
                }
            }
        }
    }
}
