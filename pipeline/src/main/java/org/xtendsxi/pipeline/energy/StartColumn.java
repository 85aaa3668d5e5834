// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.energy;

import java.util.Arrays;
import java.util.List;

/** Column with which the chain starts (parameter {@code startcol}). */
public enum StartColumn {
    /** Working pulse heights, before any correction. */
    PHAS,
    /** After the even/odd correction. */
    PHAS_EVENODD,
    /** After the charge-trail correction. */
    PHAS_TRAILCORR,
    /** After the CTI correction. */
    PHAS_CTICORR,
    /** Summed pulse height: only the gain remains. */
    PHA;

    /** Names for a parameter. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Enum::name).toList();
    }

    /** Whether pulse heights come from PHAS, and so may be randomised. */
    public boolean raw() {
        return this == PHAS || this == PHA;
    }
}
