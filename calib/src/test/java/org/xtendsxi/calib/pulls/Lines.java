// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.pulls;

import java.util.List;
import java.util.random.RandomGenerator;
import org.xtendsxi.calib.common.CalibrationLine;
import org.xtendsxi.calib.common.NaturalLine;

/**
 * Photons of lines over a continuum, with the natural shape of those that are tabulated and the Fano width of silicon.
 *
 * @param lines lines
 * @param weights part of the photons in each; the rest is continuum
 * @param low lowest energy of the continuum, eV
 * @param high highest energy of the continuum, eV
 */
record Lines(List<NaturalLine> lines, double[] weights, double low, double high) {
    private static final double FANO_EV = 0.115 * 3.65;
    /** Wings are cut this far from a component, in its widths. */
    private static final double WINGS = 0.002;

    /**
     * Lines of equal strength.
     *
     * @param words names or energies, joined by commas
     * @param continuum part of the photons
     */
    static Lines of(String words, double continuum, double low, double high) {
        List<NaturalLine> all = CalibrationLine.parse(words).stream().map(NaturalLine::of).toList();
        double[] weights = new double[all.size()];
        java.util.Arrays.fill(weights, (1 - continuum) / all.size());
        return new Lines(all, weights, low, high);
    }

    /** Which line the next photon is of; -1 for the continuum. */
    int draw(RandomGenerator random) {
        double u = random.nextDouble();
        for (int l = 0; l < weights.length; l++) {
            u -= weights[l];
            if (u < 0) {
                return l;
            }
        }
        return -1;
    }

    /** Charge that a photon makes, in units of energy, eV. */
    double charge(int line, RandomGenerator random) {
        double e = line < 0 ? random.nextDouble(low, high) : natural(lines.get(line), random);
        return e + Math.sqrt(FANO_EV * e) * random.nextGaussian();
    }

    private static double natural(NaturalLine line, RandomGenerator random) {
        double total = line.components().stream().mapToDouble(NaturalLine.Component::intensity).sum();
        double u = random.nextDouble() * total;
        NaturalLine.Component c = line.components().getFirst();
        for (NaturalLine.Component next : line.components()) {
            c = next;
            u -= c.intensity();
            if (u < 0) {
                break;
            }
        }
        return c.width() == 0 ? c.energy()
                : c.energy() + c.width() / 2 * Math.tan(Math.PI * (random.nextDouble(WINGS, 1 - WINGS) - 0.5));
    }
}
