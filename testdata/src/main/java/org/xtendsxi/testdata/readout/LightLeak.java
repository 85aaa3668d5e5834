// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.Streams;

/**
 * Light that leaks in: one level per square area of a segment, another set after some cycles; the levels are
 * distributed exponentially. Dark cycles are free of it.
 */
public final class LightLeak {
    private final SimulationConfig config;
    private final Defects.Level model;

    /** The leak of a simulation. */
    public LightLeak(SimulationConfig config) {
        this.config = config;
        this.model = config.detector().defects().level();
    }

    /** Set of levels that holds in a science cycle. */
    public int epoch(int cycle) {
        return (cycle - config.darkCycles()) / model.leakCycles();
    }

    /** Areas across a segment. */
    public int across() {
        return (Sxi.RAW_COLUMNS + model.area() - 1) / model.area();
    }

    /** Areas along a segment. */
    public int along() {
        return (Sxi.ACT_SIZE + model.area() - 1) / model.area();
    }

    /** Levels of the areas of a segment in a full-window exposure, adu, row-major in ACTX and ACTY. */
    public double[] levels(int epoch, int ccdId, int segment) {
        UniformRandomProvider random = Streams.of(config.seed(), Streams.Purpose.LEAK, epoch, ccdId, segment);
        ZigguratSampler.Exponential e = ZigguratSampler.Exponential.of(random, model.leak());
        double[] out = new double[across() * along()];
        for (int i = 0; i < out.length; i++) {
            out[i] = e.sample();
        }
        return out;
    }

    /** Area of a pixel of the CCD. */
    int area(int actX, int actY) {
        return (actY - 1) / model.area() * across() + (actX - 1) % Sxi.RAW_COLUMNS / model.area();
    }
}
