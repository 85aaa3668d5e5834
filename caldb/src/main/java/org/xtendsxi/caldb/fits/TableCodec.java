// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.event.EventChunk;

/**
 * Rows of a FITS table (big-endian, row by row) from and to the columns of a chunk (native order, column by column).
 *
 * <p>Floating-point values are moved as bits. Sign-flipped integers (TZERO of half the range) differ by their top bit.
 */
final class TableCodec {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private TableCodec() {
    }

    /** Fills a chunk from rows. */
    static void decode(byte[] rows, EventChunk chunk) {
        int stride = chunk.schema().rowBytes();
        int offset = 0;
        for (Column c : chunk.schema().columns()) {
            if (c.repeat() > 0) {
                decode(rows, stride, offset, c, chunk);
            }
            offset += c.bytes();
        }
    }

    /** Fills one column of a chunk from rows of a length, the column beginning at an offset. */
    static void decode(byte[] rows, int stride, int offset, Column c, EventChunk chunk) {
        int n = chunk.rows();
        int w = c.repeat();
        MemorySegment to = chunk.overwrite(c.name());
        switch (c.type()) {
            case BYTE, LOGICAL, TEXT -> {
                byte flip = (byte) (c.zero() != 0 ? 0x80 : 0);
                byte[] v = new byte[n * w];
                for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
                    for (int k = 0; k < w; k++) {
                        v[at++] = (byte) (rows[p + k] ^ flip);
                    }
                }
                MemorySegment.copy(v, 0, to, JAVA_BYTE, 0, v.length);
            }
            case SHORT -> {
                short flip = (short) (c.zero() != 0 ? 0x8000 : 0);
                short[] v = new short[n * w];
                for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
                    for (int k = 0; k < w; k++) {
                        v[at++] = (short) ((short) SHORT.get(rows, p + 2 * k) ^ flip);
                    }
                }
                MemorySegment.copy(v, 0, to, JAVA_SHORT_UNALIGNED, 0, v.length);
            }
            case INT, FLOAT -> {
                int flip = c.zero() != 0 ? 0x80000000 : 0;
                int[] v = new int[n * w];
                for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
                    for (int k = 0; k < w; k++) {
                        v[at++] = (int) INT.get(rows, p + 4 * k) ^ flip;
                    }
                }
                MemorySegment.copy(v, 0, to, JAVA_INT_UNALIGNED, 0, v.length);
            }
            case LONG, DOUBLE -> {
                long[] v = new long[n * w];
                for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
                    for (int k = 0; k < w; k++) {
                        v[at++] = (long) LONG.get(rows, p + 8 * k);
                    }
                }
                MemorySegment.copy(v, 0, to, JAVA_LONG_UNALIGNED, 0, v.length);
            }
            case BITS -> {
                long[] v = new long[n];
                int bytes = c.bytes();
                for (int i = 0, p = offset; i < n; i++, p += stride) {
                    long bits = 0;
                    for (int k = 0; k < bytes; k++) {
                        bits = bits << 8 | rows[p + k] & 0xff;
                    }
                    v[i] = Long.reverse(bits << Long.SIZE - 8 * bytes);
                }
                MemorySegment.copy(v, 0, to, JAVA_LONG_UNALIGNED, 0, n);
            }
        }
    }

    /** Fills rows from a chunk. */
    static void encode(EventChunk chunk, byte[] rows) {
        int stride = chunk.schema().rowBytes();
        int offset = 0;
        for (Column c : chunk.schema().columns()) {
            if (c.repeat() > 0) {
                encode(chunk, c, rows, stride, offset);
            }
            offset += c.bytes();
        }
    }

    /** Fills one column of rows of a length, the column beginning at an offset, from a chunk. */
    static void encode(EventChunk chunk, Column c, byte[] rows, int stride, int offset) {
        int n = chunk.rows();
        int w = c.repeat();
        MemorySegment from = chunk.memory(c.name());
        switch (c.type()) {
            case BYTE, LOGICAL, TEXT -> {
                byte flip = (byte) (c.zero() != 0 ? 0x80 : 0);
                byte[] v = from.toArray(JAVA_BYTE);
                for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
                    for (int k = 0; k < w; k++) {
                        rows[p + k] = (byte) (v[at++] ^ flip);
                    }
                }
            }
            case SHORT -> {
                short flip = (short) (c.zero() != 0 ? 0x8000 : 0);
                short[] v = from.toArray(JAVA_SHORT_UNALIGNED);
                for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
                    for (int k = 0; k < w; k++) {
                        SHORT.set(rows, p + 2 * k, (short) (v[at++] ^ flip));
                    }
                }
            }
            case INT, FLOAT -> {
                int flip = c.zero() != 0 ? 0x80000000 : 0;
                int[] v = from.toArray(JAVA_INT_UNALIGNED);
                for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
                    for (int k = 0; k < w; k++) {
                        INT.set(rows, p + 4 * k, v[at++] ^ flip);
                    }
                }
            }
            case LONG, DOUBLE -> {
                long[] v = from.toArray(JAVA_LONG_UNALIGNED);
                for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
                    for (int k = 0; k < w; k++) {
                        LONG.set(rows, p + 8 * k, v[at++]);
                    }
                }
            }
            case BITS -> {
                long[] v = from.toArray(JAVA_LONG_UNALIGNED);
                int bytes = c.bytes();
                for (int i = 0, p = offset; i < n; i++, p += stride) {
                    long bits = Long.reverse(v[i]) >>> Long.SIZE - 8 * bytes;
                    for (int k = bytes - 1; k >= 0; k--) {
                        rows[p + k] = (byte) bits;
                        bits >>>= 8;
                    }
                }
            }
        }
    }
}
