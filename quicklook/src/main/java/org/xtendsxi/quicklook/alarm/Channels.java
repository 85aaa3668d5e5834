// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.alarm;

/** Names of the places that quantities belong to. */
public final class Channels {
    private Channels() {
    }

    /** Name of a segment, such as CCD2 CD. */
    public static String segment(int ccd, int segment) {
        return "CCD" + (ccd + 1) + " " + (segment == 0 ? "AB" : "CD");
    }

    /** Name of an ASIC channel of a segment, such as CCD2 CD odd. */
    public static String asic(int ccd, int segment, boolean odd) {
        return segment(ccd, segment) + (odd ? " odd" : " even");
    }
}
