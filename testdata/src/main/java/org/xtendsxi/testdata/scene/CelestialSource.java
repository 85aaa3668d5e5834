// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A round source at the aim point, seen through the mirror.
 *
 * @param source its name in the truth
 * @param rate photons per second, those that miss the CCDs included
 * @param spectrum energies
 * @param profiles distances that add up as vectors: the source's own extent, if any, and the mirror's
 */
public record CelestialSource(Source source, double rate, Spectrum spectrum, List<RadialProfile> profiles)
        implements Emitter {
    @Override
    public void photon(UniformRandomProvider random, double time, Consumer<Photon> camera) {
        double x = Mosaic.AIM_X;
        double y = Mosaic.AIM_Y;
        for (RadialProfile p : profiles) {
            double r = p.radius(random);
            double angle = 2 * Math.PI * random.nextDouble();
            x += r * Math.cos(angle);
            y += r * Math.sin(angle);
        }
        double energy = spectrum.energy(random);
        Mosaic.locate(x, y).ifPresent(at -> camera.accept(
                new Photon(time, at.ccdId(), at.actX(), at.actY(), energy, source)));
    }
}
