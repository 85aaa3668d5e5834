// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.stage;

import java.util.Arrays;
import java.util.Optional;

/** Which behaviour is wanted where the reference tools are at fault. */
public enum Compat {
    /** Faults of the reference are mended. */
    STRICT("strict"),
    /** The numbered faults of HEASoft 6.20 are reproduced. */
    HEASOFT_6_20("heasoft-6.20");

    private final String word;

    Compat(String word) {
        this.word = word;
    }

    /** Word on the command line. */
    public String word() {
        return word;
    }

    /** Behaviour of a word. */
    public static Optional<Compat> of(String word) {
        return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
    }
}
