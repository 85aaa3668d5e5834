// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A round source at the target, seen through the mirror.
 *
 * @param source its name in the truth
 * @param rate photons per second, those that miss the CCDs included
 * @param spectrum energies
 * @param profiles distances that add up as vectors: the source's own extent, if any, and the mirror's
 * @param detX DETX of the target
 * @param detY DETY of the target
 */
public record CelestialSource(Source source, double rate, Spectrum spectrum, List<RadialProfile> profiles,
        double detX, double detY) implements Emitter {
    /** A source whose target is at the aim point. */
    public CelestialSource(Source source, double rate, Spectrum spectrum, List<RadialProfile> profiles) {
        this(source, rate, spectrum, profiles, Mosaic.AIM_X, Mosaic.AIM_Y);
    }

    @Override
    public Emitter seenWith(double[] shift) {
        return new CelestialSource(source, rate, spectrum, profiles, Mosaic.AIM_X + shift[0], Mosaic.AIM_Y + shift[1]);
    }

    @Override
    public void photon(UniformRandomProvider random, double time, Consumer<Photon> camera) {
        double x = detX;
        double y = detY;
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
