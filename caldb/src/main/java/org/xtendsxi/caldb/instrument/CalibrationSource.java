// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.instrument;

/**
 * Area lit by the 55Fe source in the model of the instrument: a quarter disc at the corner of each CCD that lies at a
 * corner of the camera. A model, not the flight geometry (frames-and-science section 3 gives what is known of that).
 */
public final class CalibrationSource {
    /** Radius of the quarter disc, pixels. */
    public static final double RADIUS = 310;

    private CalibrationSource() {
    }

    /** ACTX of the lit corner: 640 for CCD1 and CCD4, 1 for CCD2 and CCD3; its ACTY is 1. */
    public static int cornerX(int ccdId) {
        return ccdId == 0 || ccdId == 3 ? Sxi.ACT_SIZE : 1;
    }

    /** Whether a pixel is lit. */
    public static boolean contains(int ccdId, double actX, double actY) {
        return Math.hypot(actX - cornerX(ccdId), actY - 1) <= RADIUS;
    }
}
