// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Even light over all CCDs: background, or the lines of a ground calibration.
 *
 * @param source its name in the truth
 * @param rate photons per second in the whole camera
 * @param spectrum energies
 */
public record Background(Source source, double rate, Spectrum spectrum) implements Emitter {
    @Override
    public void photon(UniformRandomProvider random, double time, Consumer<Photon> camera) {
        camera.accept(new Photon(time, random.nextInt(Sxi.CCDS), 0.5 + Sxi.ACT_SIZE * random.nextDouble(),
                0.5 + Sxi.ACT_SIZE * random.nextDouble(), spectrum.energy(random), source));
    }
}
