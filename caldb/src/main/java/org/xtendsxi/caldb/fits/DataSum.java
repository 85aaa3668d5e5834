// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import nom.tam.fits.utilities.FitsCheckSum;

/** Running 32-bit ones-complement sum of the bytes of an HDU (FITS standard 4.0, appendix J), whatever the cuts. */
final class DataSum {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private long sum;
    private long count;

    /** Starts again. */
    void reset() {
        sum = 0;
        count = 0;
    }

    /** Adds the next bytes. */
    void add(byte[] b, int from, int length) {
        int i = from;
        int end = from + length;
        while (i < end && (count & 3) != 0) {
            sum += (b[i++] & 0xffL) << 8 * (3 - (count++ & 3));
        }
        int whole = i + (end - i & ~7);
        sum = fold(sum) + fold(words(b, i, whole));
        count += whole - i;
        for (i = whole; i < end; i++) {
            sum += (b[i] & 0xffL) << 8 * (3 - (count++ & 3));
        }
    }

    /** Sum of 32-bit numbers, two at a time, the number of bytes a multiple of eight. */
    private static long words(byte[] b, int from, int to) {
        long s = 0;
        for (int k = from; k < to; k += Long.BYTES) {
            long two = (long) LONG.get(b, k);
            s += (two >>> Integer.SIZE) + (two & 0xffffffffL);
        }
        return s;
    }

    private static long fold(long s) {
        long f = s;
        while (f >>> 32 != 0) {
            f = (f & 0xffffffffL) + (f >>> 32);
        }
        return f;
    }

    /** The sum so far. */
    long value() {
        return fold(sum);
    }

    /** Sum of two sums. */
    static long plus(long a, long b) {
        return fold(a + b);
    }

    /** CHECKSUM text that brings the sum of the whole HDU to -0. */
    static String checksumText(long sum) {
        return FitsCheckSum.encode(sum, true);
    }
}
