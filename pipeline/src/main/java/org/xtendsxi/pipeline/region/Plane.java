// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.region;

/** A plane of two event columns. */
public enum Plane {
    /** The sky: X, Y. */
    SKY("X", "Y"),
    /** The detector: DETX, DETY. */
    DET("DETX", "DETY");

    private final String x;
    private final String y;

    Plane(String x, String y) {
        this.x = x;
        this.y = y;
    }

    /** Column of the first axis. */
    public String x() {
        return x;
    }

    /** Column of the second axis. */
    public String y() {
        return y;
    }
}
