// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.column;

import java.util.Arrays;
import java.util.Optional;

/**
 * Element types of FITS binary tables that we read and write (FITS standard 4.0, table 18; complex and P/Q left out).
 */
public enum ColumnType {
    /** Logical, one byte 'T', 'F' or 0. */
    LOGICAL('L', 1),
    /** Bits, packed eight to a byte, the first bit most significant. */
    BITS('X', 0),
    /** Byte, unsigned (signed with TZERO -128). */
    BYTE('B', 1),
    /** 16-bit integer, signed (unsigned with TZERO 32768). */
    SHORT('I', 2),
    /** 32-bit integer, signed (unsigned with TZERO 2147483648). */
    INT('J', 4),
    /** 64-bit integer. */
    LONG('K', 8),
    /** 32-bit floating point. */
    FLOAT('E', 4),
    /** 64-bit floating point. */
    DOUBLE('D', 8),
    /** Text of fixed length, padded with blanks or zeros. */
    TEXT('A', 1);

    private final char code;
    private final int bytes;

    ColumnType(char code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** Letter of TFORM. */
    public char code() {
        return code;
    }

    /** Bytes of {@code repeat} elements in a row. */
    public int bytes(int repeat) {
        return this == BITS ? (repeat + 7) / 8 : bytes * repeat;
    }

    /** Whether the elements are integers that may carry TNULL, TLMIN and TLMAX. */
    public boolean integer() {
        return this == BYTE || this == SHORT || this == INT || this == LONG;
    }

    /** Whether the elements are floating point; null is NaN. */
    public boolean real() {
        return this == FLOAT || this == DOUBLE;
    }

    /** Offset (TZERO) that turns the signedness of an integer type around; 0 for the others. */
    public long signFlip() {
        return switch (this) {
            case BYTE -> -128L;
            case SHORT -> 32768L;
            case INT -> 2147483648L;
            default -> 0L;
        };
    }

    /** Type of a TFORM letter. */
    public static Optional<ColumnType> ofCode(char letter) {
        return Arrays.stream(values()).filter(t -> t.code == letter).findFirst();
    }
}
