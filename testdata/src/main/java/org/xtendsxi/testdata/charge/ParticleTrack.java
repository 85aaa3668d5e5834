// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.charge;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.Streams;

/**
 * A straight track of a cosmic ray through the depletion layer. Directions are isotropic, so the flux through the
 * surface goes with the cosine of the angle to the normal; the charge fluctuates exponentially from step to step.
 *
 * @param time after the start of the cycle, s
 * @param ccdId 0..3
 * @param startX ACTX where it enters
 * @param startY ACTY where it enters
 * @param endX ACTX where it leaves the layer, perhaps off the CCD
 * @param endY ACTY where it leaves the layer
 * @param electrons charge of each step
 */
public record ParticleTrack(double time, int ccdId, double startX, double startY, double endX, double endY,
        double[] electrons) {
    private static final double STEP = 0.25;

    /** Tracks in a CCD during a cycle; none without the effect. */
    public static List<ParticleTrack> of(SimulationConfig c, int cycle, int ccdId) {
        List<ParticleTrack> out = new ArrayList<>();
        Defects.Particles p = c.detector().defects().particles();
        if (c.has(Effect.COSMIC_RAYS) && p.rate() > 0) {
            UniformRandomProvider random = Streams.of(c.seed(), Streams.Purpose.TRACKS, cycle, ccdId);
            int n = PoissonSampler.of(random, p.rate() * SimulationConfig.CYCLE).sample();
            for (int i = 0; i < n; i++) {
                out.add(draw(p, random, ccdId));
            }
        }
        return out;
    }

    private static ParticleTrack draw(Defects.Particles p, UniformRandomProvider random, int ccdId) {
        double time = SimulationConfig.CYCLE * random.nextDouble();
        double x = 0.5 + Sxi.ACT_SIZE * random.nextDouble();
        double y = 0.5 + Sxi.ACT_SIZE * random.nextDouble();
        double cosine = Math.sqrt(1 - random.nextDouble());
        double angle = 2 * Math.PI * random.nextDouble();
        double depth = p.depth() / p.pixel();
        double across = Math.min(Sxi.ACT_SIZE, depth * Math.sqrt(1 - cosine * cosine) / cosine);
        double length = Math.hypot(across, depth) * p.pixel();
        double[] q = new double[(int) Math.ceil(across / STEP) + 1];
        ZigguratSampler.Exponential share = ZigguratSampler.Exponential.of(random, p.density() * length / q.length);
        for (int i = 0; i < q.length; i++) {
            q[i] = Math.rint(share.sample());
        }
        return new ParticleTrack(time, ccdId, x, y, x + across * Math.cos(angle), y + across * Math.sin(angle), q);
    }

    /** Charge of the whole track, electrons, on and off the CCD. */
    public double total() {
        double sum = 0;
        for (double q : electrons) {
            sum += q;
        }
        return sum;
    }

    /** Takes a step of a track. */
    @FunctionalInterface
    public interface StepSink {
        /** Electrons set free at a place. */
        void accept(double actX, double actY, double electrons);
    }

    /** The steps, evenly spread from one end to the other. */
    public void steps(StepSink sink) {
        for (int i = 0; i < electrons.length; i++) {
            double f = (i + 0.5) / electrons.length;
            sink.accept(startX + f * (endX - startX), startY + f * (endY - startY), electrons[i]);
        }
    }
}
