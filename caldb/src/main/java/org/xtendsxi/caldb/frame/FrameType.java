// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.frame;

import java.util.Arrays;
import java.util.Optional;

/** FRAMETYPE of a row, as in the EXPOSURE table. */
public enum FrameType {
    /** Events (EXPOSURE table only). */
    EVENT(0),
    /** Raw frame. */
    RAW(1),
    /** Intermediate or initial frame. */
    INTERMEDIATE(2),
    /** Dark frame. */
    DARK(3);

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    /** Number in the file. */
    public int code() {
        return code;
    }

    /** Type of a number in the file. */
    public static Optional<FrameType> ofCode(int code) {
        return Arrays.stream(values()).filter(t -> t.code == code).findFirst();
    }
}
