// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.event;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.caldb.column.Column;

/**
 * Integers of columns of 8 and 16 bits from and to int. One short method for each type: the compiler of the virtual
 * machine makes each of them once, whatever columns come later.
 */
final class Narrow {
    private Narrow() {
    }

    /** The first n bytes of a memory. */
    static int[] bytes(MemorySegment from, int n, boolean signed) {
        byte[] v = new byte[n];
        MemorySegment.copy(from, JAVA_BYTE, 0, v, 0, n);
        int mask = signed ? -1 : 0xff;
        int[] out = new int[n];
        for (int i = 0; i < n; i++) {
            out[i] = v[i] & mask;
        }
        return out;
    }

    /** The first n 16-bit numbers of a memory. */
    static int[] shorts(MemorySegment from, int n, boolean signed) {
        short[] v = new short[n];
        MemorySegment.copy(from, JAVA_SHORT_UNALIGNED, 0, v, 0, n);
        int mask = signed ? -1 : 0xffff;
        int[] out = new int[n];
        for (int i = 0; i < n; i++) {
            out[i] = v[i] & mask;
        }
        return out;
    }

    /** Puts numbers that fit into 8 bits into a memory. */
    static void putBytes(int[] values, MemorySegment to, Column c) {
        int mask = c.zero() == 0 ? 0xff : -1;
        byte[] v = new byte[values.length];
        int lost = 0;
        for (int i = 0; i < v.length; i++) {
            v[i] = (byte) values[i];
            lost |= (v[i] & mask) ^ values[i];
        }
        if (lost != 0) {
            refuse(values, c, mask == -1 ? Byte.MIN_VALUE : 0, mask == -1 ? Byte.MAX_VALUE : 0xff);
        }
        MemorySegment.copy(v, 0, to, JAVA_BYTE, 0, v.length);
    }

    /** Puts numbers that fit into 16 bits into a memory. */
    static void putShorts(int[] values, MemorySegment to, Column c) {
        int mask = c.zero() == 0 ? -1 : 0xffff;
        short[] v = new short[values.length];
        int lost = 0;
        for (int i = 0; i < v.length; i++) {
            v[i] = (short) values[i];
            lost |= (v[i] & mask) ^ values[i];
        }
        if (lost != 0) {
            refuse(values, c, mask == -1 ? Short.MIN_VALUE : 0, mask == -1 ? Short.MAX_VALUE : 0xffff);
        }
        MemorySegment.copy(v, 0, to, JAVA_SHORT_UNALIGNED, 0, v.length);
    }

    private static void refuse(int[] values, Column c, int low, int high) {
        for (int v : values) {
            if (v < low || v > high) {
                throw new IllegalArgumentException(c.name() + ": " + v + " does not fit into " + c.format());
            }
        }
    }
}
