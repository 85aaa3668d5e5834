// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.view;

/** Numbers for JSON, which has no NaN. */
public final class Numbers {
    private static final double DECIMALS = 1e4;

    private Numbers() {
    }

    /** The number with four decimals, or null if it is none. */
    public static Double rounded(double v) {
        return Double.isFinite(v) ? Double.valueOf(Math.rint(v * DECIMALS) / DECIMALS) : null;
    }

    /** The number, or null if it is none. */
    public static Double plain(double v) {
        return Double.isFinite(v) ? Double.valueOf(v) : null;
    }
}
