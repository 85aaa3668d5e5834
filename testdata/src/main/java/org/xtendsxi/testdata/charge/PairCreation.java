// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.charge;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.xtendsxi.testdata.config.DetectorModel;

/**
 * Number of electrons that a photon sets free (frames-and-science section 4.2).
 *
 * @param pairEnergy energy per pair, eV
 * @param fano Fano factor; 0 for no fluctuation
 */
public record PairCreation(double pairEnergy, double fano) {
    /** Pair creation in a detector. */
    public static PairCreation of(DetectorModel d, boolean fluctuates) {
        return new PairCreation(d.pairEnergy(), fluctuates ? d.fano() : 0);
    }

    /** Electrons of a photon; a whole number where it fluctuates, else the mean. */
    public double electrons(double energy, UniformRandomProvider random) {
        double mean = energy / pairEnergy;
        if (fano == 0) {
            return mean;
        }
        double g = ZigguratSampler.NormalizedGaussian.of(random).sample();
        return Math.max(0, Math.rint(mean + Math.sqrt(fano * mean) * g));
    }
}
