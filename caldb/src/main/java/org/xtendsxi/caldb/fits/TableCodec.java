// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.event.EventChunk;

/**
 * Rows of a FITS table (big-endian, row by row) from and to the columns of a chunk (column by column).
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
        decode(rows, stride, offset, c, chunk.rows(), chunk.empty(c.name()));
    }

    /** Fills the array of one column with the values of n rows of a length, the column beginning at an offset. */
    static void decode(byte[] rows, int stride, int offset, Column c, int n, Object to) {
        int w = c.repeat();
        switch (c.type()) {
            case BYTE, LOGICAL, TEXT -> bytes(rows, stride, offset, n, w, (byte) (c.zero() != 0 ? 0x80 : 0),
                    (byte[]) to);
            case SHORT -> shorts(rows, stride, offset, n, w, (short) (c.zero() != 0 ? 0x8000 : 0), (short[]) to);
            case INT -> ints(rows, stride, offset, n, w, c.zero() != 0 ? 0x80000000 : 0, (int[]) to);
            case FLOAT -> floats(rows, stride, offset, n, w, (float[]) to);
            case LONG -> longs(rows, stride, offset, n, w, (long[]) to);
            case DOUBLE -> doubles(rows, stride, offset, n, w, (double[]) to);
            case BITS -> bits(rows, stride, offset, n, c.bytes(), (long[]) to);
        }
    }

    // One small method per type: each is compiled alone, and only those that a table needs.

    private static void bytes(byte[] rows, int stride, int offset, int n, int w, byte flip, byte[] to) {
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                to[at++] = (byte) (rows[p + k] ^ flip);
            }
        }
    }

    private static void shorts(byte[] rows, int stride, int offset, int n, int w, short flip, short[] to) {
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                to[at++] = (short) ((short) SHORT.get(rows, p + 2 * k) ^ flip);
            }
        }
    }

    private static void ints(byte[] rows, int stride, int offset, int n, int w, int flip, int[] to) {
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                to[at++] = (int) INT.get(rows, p + 4 * k) ^ flip;
            }
        }
    }

    private static void longs(byte[] rows, int stride, int offset, int n, int w, long[] to) {
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                to[at++] = (long) LONG.get(rows, p + 8 * k);
            }
        }
    }

    private static void floats(byte[] rows, int stride, int offset, int n, int w, float[] to) {
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                to[at++] = Float.intBitsToFloat((int) INT.get(rows, p + 4 * k));
            }
        }
    }

    private static void doubles(byte[] rows, int stride, int offset, int n, int w, double[] to) {
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                to[at++] = Double.longBitsToDouble((long) LONG.get(rows, p + 8 * k));
            }
        }
    }

    private static void bits(byte[] rows, int stride, int offset, int n, int bytes, long[] to) {
        for (int i = 0, p = offset; i < n; i++, p += stride) {
            long bits = 0;
            for (int k = 0; k < bytes; k++) {
                bits = bits << 8 | rows[p + k] & 0xff;
            }
            to[i] = Long.reverse(bits << Long.SIZE - 8 * bytes);
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
        Object from = chunk.array(c.name());
        switch (c.type()) {
            case BYTE, LOGICAL, TEXT -> putBytes((byte[]) from, n, w, (byte) (c.zero() != 0 ? 0x80 : 0), rows, stride,
                    offset);
            case SHORT -> putShorts((short[]) from, n, w, (short) (c.zero() != 0 ? 0x8000 : 0), rows, stride, offset);
            case INT -> putInts((int[]) from, n, w, c.zero() != 0 ? 0x80000000 : 0, rows, stride, offset);
            case FLOAT -> putFloats((float[]) from, n, w, rows, stride, offset);
            case LONG -> putLongs((long[]) from, n, w, rows, stride, offset);
            case DOUBLE -> putDoubles((double[]) from, n, w, rows, stride, offset);
            case BITS -> putBits((long[]) from, n, c.bytes(), rows, stride, offset);
        }
    }

    private static void putBytes(byte[] v, int n, int w, byte flip, byte[] rows, int stride, int offset) {
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                rows[p + k] = (byte) (v[at++] ^ flip);
            }
        }
    }

    private static void putShorts(short[] v, int n, int w, short flip, byte[] rows, int stride, int offset) {
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                SHORT.set(rows, p + 2 * k, (short) (v[at++] ^ flip));
            }
        }
    }

    private static void putInts(int[] v, int n, int w, int flip, byte[] rows, int stride, int offset) {
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                INT.set(rows, p + 4 * k, v[at++] ^ flip);
            }
        }
    }

    private static void putLongs(long[] v, int n, int w, byte[] rows, int stride, int offset) {
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                LONG.set(rows, p + 8 * k, v[at++]);
            }
        }
    }

    private static void putFloats(float[] v, int n, int w, byte[] rows, int stride, int offset) {
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                INT.set(rows, p + 4 * k, Float.floatToRawIntBits(v[at++]));
            }
        }
    }

    private static void putDoubles(double[] v, int n, int w, byte[] rows, int stride, int offset) {
        for (int i = 0, at = 0, p = offset; i < n; i++, p += stride) {
            for (int k = 0; k < w; k++) {
                LONG.set(rows, p + 8 * k, Double.doubleToRawLongBits(v[at++]));
            }
        }
    }

    private static void putBits(long[] v, int n, int bytes, byte[] rows, int stride, int offset) {
        for (int i = 0, p = offset; i < n; i++, p += stride) {
            long bits = Long.reverse(v[i]) >>> Long.SIZE - 8 * bytes;
            for (int k = bytes - 1; k >= 0; k--) {
                rows[p + k] = (byte) bits;
                bits >>>= 8;
            }
        }
    }
}
