// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.pixel;

import org.xtendsxi.caldb.instrument.Sxi;

/** Index of a CCD pixel in arrays over one CCD or all four: CCD by CCD, column by column along ACTY. */
public final class CcdPixel {
    /** Pixels of one CCD. */
    public static final int PER_CCD = Sxi.ACT_SIZE * Sxi.ACT_SIZE;
    /** Pixels of all CCDs. */
    public static final int ALL = Sxi.CCDS * PER_CCD;

    private CcdPixel() {
    }

    /** Index within a CCD; x and y count from 0. */
    public static int index(int x, int y) {
        return x * Sxi.ACT_SIZE + y;
    }

    /** Index within the camera; x and y count from 0. */
    public static int index(int ccd, int x, int y) {
        return ccd * PER_CCD + index(x, y);
    }

    /** Whether a position, from 0, is on the CCD. */
    public static boolean on(int x, int y) {
        return x >= 0 && x < Sxi.ACT_SIZE && y >= 0 && y < Sxi.ACT_SIZE;
    }
}
