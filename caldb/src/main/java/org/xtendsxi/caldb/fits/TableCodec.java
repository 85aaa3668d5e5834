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

    /** Fills one column of a chunk from rows of a length, the column beginning at an offset. */
    static void decode(byte[] rows, int stride, int offset, Column c, EventChunk chunk) {
        decode(rows, stride, offset, c, chunk.rows(), chunk.overwrite(c.name()));
    }

    /** Fills the memory of one column with n values from rows of a length, the column beginning at an offset. */
    static void decode(byte[] rows, int stride, int offset, Column c, int n, MemorySegment to) {
        int w = c.repeat();
        boolean flip = c.zero() != 0;
        switch (c.type()) {
            case BYTE, LOGICAL, TEXT -> decodeBytes(rows, stride, offset, n, w, (byte) (flip ? 0x80 : 0), to);
            case SHORT -> decodeShorts(rows, stride, offset, n, w, (short) (flip ? 0x8000 : 0), to);
            case INT, FLOAT -> decodeInts(rows, stride, offset, n, w, flip ? 0x80000000 : 0, to);
            case LONG, DOUBLE -> decodeLongs(rows, stride, offset, n, w, to);
            case BITS -> decodeBits(rows, stride, offset, n, c.bytes(), to);
        }
    }

    // One short method for each type: the compiler of the virtual machine makes each of them once and well.

    private static void decodeBytes(byte[] rows, int stride, int offset, int n, int w, byte flip, MemorySegment to) {
        byte[] v = new byte[n * w];
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                v[at++] = (byte) (rows[p + k] ^ flip);
            }
        }
        MemorySegment.copy(v, 0, to, JAVA_BYTE, 0, v.length);
    }

    private static void decodeShorts(byte[] rows, int stride, int offset, int n, int w, short flip, MemorySegment to) {
        short[] v = new short[n * w];
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                v[at++] = (short) ((short) SHORT.get(rows, p + 2 * k) ^ flip);
            }
        }
        MemorySegment.copy(v, 0, to, JAVA_SHORT_UNALIGNED, 0, v.length);
    }

    private static void decodeInts(byte[] rows, int stride, int offset, int n, int w, int flip, MemorySegment to) {
        int[] v = new int[n * w];
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                v[at++] = (int) INT.get(rows, p + 4 * k) ^ flip;
            }
        }
        MemorySegment.copy(v, 0, to, JAVA_INT_UNALIGNED, 0, v.length);
    }

    private static void decodeLongs(byte[] rows, int stride, int offset, int n, int w, MemorySegment to) {
        long[] v = new long[n * w];
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                v[at++] = (long) LONG.get(rows, p + 8 * k);
            }
        }
        MemorySegment.copy(v, 0, to, JAVA_LONG_UNALIGNED, 0, v.length);
    }

    private static void decodeBits(byte[] rows, int stride, int offset, int n, int bytes, MemorySegment to) {
        long[] v = new long[n];
        for (int i = 0, p = offset; i < n; i++, p += stride) {
            long bits = 0;
            for (int k = 0; k < bytes; k++) {
                bits = bits << 8 | rows[p + k] & 0xff;
            }
            v[i] = Long.reverse(bits << Long.SIZE - 8 * bytes);
        }
        MemorySegment.copy(v, 0, to, JAVA_LONG_UNALIGNED, 0, n);
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
        boolean flip = c.zero() != 0;
        MemorySegment from = chunk.memory(c.name());
        switch (c.type()) {
            case BYTE, LOGICAL, TEXT -> encodeBytes(from, n, w, (byte) (flip ? 0x80 : 0), rows, stride, offset);
            case SHORT -> encodeShorts(from, n, w, (short) (flip ? 0x8000 : 0), rows, stride, offset);
            case INT, FLOAT -> encodeInts(from, n, w, flip ? 0x80000000 : 0, rows, stride, offset);
            case LONG, DOUBLE -> encodeLongs(from, n, w, rows, stride, offset);
            case BITS -> encodeBits(from, n, c.bytes(), rows, stride, offset);
        }
    }

    private static void encodeBytes(MemorySegment from, int n, int w, byte flip, byte[] rows, int stride, int offset) {
        byte[] v = from.toArray(JAVA_BYTE);
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                rows[p + k] = (byte) (v[at++] ^ flip);
            }
        }
    }

    private static void encodeShorts(MemorySegment from, int n, int w, short flip, byte[] rows, int stride, int offset) {
        short[] v = from.toArray(JAVA_SHORT_UNALIGNED);
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                SHORT.set(rows, p + 2 * k, (short) (v[at++] ^ flip));
            }
        }
    }

    private static void encodeInts(MemorySegment from, int n, int w, int flip, byte[] rows, int stride, int offset) {
        int[] v = from.toArray(JAVA_INT_UNALIGNED);
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                INT.set(rows, p + 4 * k, v[at++] ^ flip);
            }
        }
    }

    private static void encodeLongs(MemorySegment from, int n, int w, byte[] rows, int stride, int offset) {
        long[] v = from.toArray(JAVA_LONG_UNALIGNED);
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                LONG.set(rows, p + 8 * k, v[at++]);
            }
        }
    }

    private static void encodeBits(MemorySegment from, int n, int bytes, byte[] rows, int stride, int offset) {
        long[] v = from.toArray(JAVA_LONG_UNALIGNED);
        for (int i = 0, p = offset; i < n; i++, p += stride) {
            long bits = Long.reverse(v[i]) >>> Long.SIZE - 8 * bytes;
            for (int k = bytes - 1; k >= 0; k--) {
                rows[p + k] = (byte) bits;
                bits >>>= 8;
            }
        }
    }
}
