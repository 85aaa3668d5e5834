// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import java.util.Optional;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * The four CCDs in the plane of the detector: the 2x2 mosaic of the model calibration, without rotations
 * (events-coords-screening section 7.3). DETX points right, DETY down.
 */
public final class Mosaic {
    /** DETX of the optical axis, where the aim point lies. */
    public static final double AIM_X = 745.5;
    /** DETY of the optical axis. */
    public static final double AIM_Y = 752.5;
    private static final double CENTRE = (Sxi.DET_SIZE + 1) / 2.0;
    private static final double OUTER = 660.5;
    private static final double INNER = 19.5;
    private static final double[] X0 = {-OUTER, -OUTER, OUTER, OUTER};
    private static final double[] Y0 = {INNER, -OUTER, OUTER, -INNER};
    private static final double[] SIGN = {1, 1, -1, -1};

    private Mosaic() {
    }

    /**
     * A place on a CCD.
     *
     * @param ccdId 0..3
     * @param actX column, 0.5..640.5
     * @param actY row, 0.5..640.5
     */
    public record Place(int ccdId, double actX, double actY) {
    }

    /** The CCD under a point of the detector plane; none in the gaps and outside. */
    public static Optional<Place> locate(double detX, double detY) {
        for (int n = 0; n < Sxi.CCDS; n++) {
            double actY = SIGN[n] * (detX - CENTRE - X0[n]);
            double actX = SIGN[n] * (detY - CENTRE - Y0[n]);
            if (inside(actX) && inside(actY)) {
                return Optional.of(new Place(n, actX, actY));
            }
        }
        return Optional.empty();
    }

    private static boolean inside(double act) {
        return act >= 0.5 && act < Sxi.ACT_SIZE + 0.5;
    }

    /** DETX of a place. */
    public static double detX(Place p) {
        return CENTRE + X0[p.ccdId()] + SIGN[p.ccdId()] * p.actY();
    }

    /** DETY of a place. */
    public static double detY(Place p) {
        return CENTRE + Y0[p.ccdId()] + SIGN[p.ccdId()] * p.actX();
    }
}
