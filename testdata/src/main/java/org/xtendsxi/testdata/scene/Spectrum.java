// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import org.apache.commons.rng.UniformRandomProvider;

/** Distribution of the energies of detected photons. */
@FunctionalInterface
public interface Spectrum {
    /** Energy of a photon, eV. */
    double energy(UniformRandomProvider random);
}
