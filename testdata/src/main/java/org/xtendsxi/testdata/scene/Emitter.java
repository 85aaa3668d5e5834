// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/** Something that shines steadily on the camera. */
public interface Emitter {
    /** Its name in the truth. */
    Source source();

    /** Mean number of photons per second. */
    double rate();

    /**
     * The same as seen when the target is not at the aim point; what is fixed to the camera does not change.
     *
     * @param shift DETX and DETY of the target minus those of the aim point, pixels
     */
    default Emitter seenWith(double[] shift) {
        return this;
    }

    /** One photon at a time of the cycle; it may miss the CCDs and is then not given on. */
    void photon(UniformRandomProvider random, double time, Consumer<Photon> camera);

    /** The photons of one cycle: a Poisson number, evenly spread in time. */
    default void cycle(UniformRandomProvider random, double duration, Consumer<Photon> camera) {
        if (rate() > 0) {
            int n = PoissonSampler.of(random, rate() * duration).sample();
            for (int i = 0; i < n; i++) {
                photon(random, duration * random.nextDouble(), camera);
            }
        }
    }
}
