// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import java.util.Arrays;

/** Where a photon comes from; the code stands in column SOURCE of the truth. */
public enum Source {
    /** 55Fe calibration source. */
    CAL(1),
    /** Point source. */
    POINT(2),
    /** Cluster of galaxies. */
    CLUSTER(3),
    /** Background. */
    BACKGROUND(4),
    /** Lines of a ground calibration. */
    GROUND(5);

    private final int code;

    Source(int code) {
        this.code = code;
    }

    /** Number in the truth table. */
    public int code() {
        return code;
    }

    /** Source of a number in the truth table. */
    public static Source ofCode(int code) {
        return Arrays.stream(values()).filter(s -> s.code == code).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no source has code " + code));
    }
}
