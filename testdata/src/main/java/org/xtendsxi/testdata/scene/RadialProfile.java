// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import org.apache.commons.rng.UniformRandomProvider;
import org.xtendsxi.caldb.instrument.Sxi;

/** Distribution of the distance from a centre, pixels. */
@FunctionalInterface
public interface RadialProfile {
    /** Distance from the centre, pixels. */
    double radius(UniformRandomProvider random);

    /** Pixels of an arcminute. */
    double PIXELS_PER_ARCMIN = 1 / (60 * Sxi.SKY_PIXEL_DEG);

    /**
     * Image of a point: a Gaussian core of the published 7.2 arcsec (FWHM) and King-like wings, so that half of the
     * photons fall within the half-power diameter (frames-and-science section 4.1, P6). How many belong to the core is
     * not published; with a tenth, pile-up reaches 10 % between the published rates (docs/validation-frames.md).
     *
     * @param halfPowerDiameter arcmin
     */
    static RadialProfile mirror(double halfPowerDiameter) {
        double coreShare = 0.1;
        double coreSigma = 7.2 / 60 / 2.3548 * PIXELS_PER_ARCMIN;
        double slope = 1.2;
        double half = halfPowerDiameter / 2 * PIXELS_PER_ARCMIN;
        double coreInside = coreShare * (1 - Math.exp(-half * half / (2 * coreSigma * coreSigma)));
        double outside = 1 - (0.5 - coreInside) / (1 - coreShare);
        double wing = half / Math.sqrt(Math.pow(outside, -1 / slope) - 1);
        RadialProfile wings = king(wing, slope, 1);
        return random -> random.nextDouble() < coreShare
                ? coreSigma * Math.sqrt(-2 * Math.log(1 - random.nextDouble())) : wings.radius(random);
    }

    /**
     * Beta model, surface brightness {@code (1 + (r/core)^2)^(0.5 - 3 beta)}, cut at a radius.
     *
     * @param core core radius, arcmin
     * @param beta slope, above 0.5
     * @param cut largest radius, arcmin
     */
    static RadialProfile betaModel(double core, double beta, double cut) {
        double slope = 3 * beta - 1.5;
        double inside = 1 - Math.pow(1 + Math.pow(cut / core, 2), -slope);
        return king(core * PIXELS_PER_ARCMIN, slope, inside);
    }

    /** Enclosed share {@code 1 - (1 + (r/core)^2)^-slope}, cut where it reaches a limit. */
    private static RadialProfile king(double core, double slope, double limit) {
        return random -> core * Math.sqrt(Math.pow(1 - limit * random.nextDouble(), -1 / slope) - 1);
    }
}
