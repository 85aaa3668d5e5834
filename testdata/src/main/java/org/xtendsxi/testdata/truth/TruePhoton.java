// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import org.xtendsxi.testdata.scene.Source;

/**
 * A row of table PHOTONS.
 *
 * @param time TIME that its event must have, s of mission time
 * @param ccdId 0..3
 * @param actX true place, pixel n reaching from n-0.5 to n+0.5
 * @param actY true place
 * @param energy eV
 * @param source where it comes from
 */
record TruePhoton(double time, int ccdId, double actX, double actY, double energy, Source source)
        implements CycleRows.Timed {
    private static final double BETWEEN_ALPHA_AND_BETA = 6100;

    /** Whether it is a K alpha photon of manganese from a calibration source. */
    boolean manganese() {
        return source == Source.CAL && energy < BETWEEN_ALPHA_AND_BETA;
    }
}
