// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.xtendsxi.caldb.error.SxiException;

/**
 * A small image in memory.
 *
 * @param bitpix 8, 16, 32, -32 or -64: how it is stored
 * @param axes NAXIS1 (fastest), NAXIS2, ...
 * @param values physical values, first axis fastest (BSCALE and BZERO applied; BLANK becomes NaN)
 */
public record Image(int bitpix, List<Integer> axes, double[] values) {
    /** An image of counts, stored as 32-bit integers. */
    public static Image counts(int width, int height, double[] values) {
        return new Image(32, List.of(width, height), values);
    }

    /** An image of 32-bit floating-point values. */
    public static Image floats(int width, int height, double[] values) {
        return new Image(-32, List.of(width, height), values);
    }

    /** Reads an image whole. */
    public static Image read(FitsReader file, Hdu hdu) {
        return read(file, hdu, hdu.axes(), 0);
    }

    /**
     * Reads one plane of an image with two or more axes.
     *
     * @param plane from 0, the planes of all higher axes in order
     */
    public static Image plane(FitsReader file, Hdu hdu, int plane) {
        return read(file, hdu, hdu.axes().stream().limit(2).toList(), plane);
    }

    /** Reads as many values as some axes have, after so many parts of the same size. */
    private static Image read(FitsReader file, Hdu hdu, List<Integer> axes, int part) {
        Keywords k = hdu.keywords();
        if (hdu.kind() != Hdu.Kind.IMAGE || hdu.axes().isEmpty()) {
            throw SxiException.data("not an image").in(file.path()).hdu(hdu.name()).todo("give an image").build();
        }
        int bitpix = k.needInteger("BITPIX");
        int n = axes.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
        ByteBuffer b = ByteBuffer.allocate(Math.multiplyExact(n, Math.abs(bitpix) / 8));
        file.readData(hdu, (long) part * b.capacity(), b);
        b.flip();
        double scale = k.real("BSCALE").orElse(1);
        double zero = k.real("BZERO").orElse(0);
        OptionalLong none = bitpix > 0 ? k.integer("BLANK") : OptionalLong.empty();
        boolean blanks = none.isPresent();
        long blank = none.orElse(0);
        double[] v = stored(b, bitpix, n);
        for (int i = 0; blanks && i < n; i++) {
            v[i] = (long) v[i] == blank ? Double.NaN : v[i];
        }
        if (bitpix < 0 || scale != 1 || zero != 0) {
            scale(v, scale, zero);
        }
        return new Image(bitpix, axes, v);
    }

    private static void scale(double[] v, double scale, double zero) {
        for (int i = 0; i < v.length; i++) {
            v[i] = zero + scale * v[i];
        }
    }

    /** The values of a whole array; buffers turn the bytes of many at once, which is fast before code is compiled. */
    private static double[] stored(ByteBuffer b, int bitpix, int n) {
        double[] v = new double[n];
        switch (bitpix) {
            case 8 -> Arrays.setAll(v, i -> b.get(i) & 0xff);
            case 16 -> {
                short[] s = new short[n];
                b.asShortBuffer().get(s);
                Arrays.setAll(v, i -> s[i]);
            }
            case 32 -> {
                int[] s = new int[n];
                b.asIntBuffer().get(s);
                for (int i = 0; i < n; i++) {
                    v[i] = s[i];
                }
            }
            case 64 -> {
                long[] s = new long[n];
                b.asLongBuffer().get(s);
                Arrays.setAll(v, i -> s[i]);
            }
            case -32 -> {
                float[] s = new float[n];
                b.asFloatBuffer().get(s);
                for (int i = 0; i < n; i++) {
                    v[i] = s[i];
                }
            }
            default -> b.asDoubleBuffer().get(v);
        }
        return v;
    }

    /** Big-endian bytes of the values as stored (no scaling). */
    byte[] bytes() {
        int n = values.length;
        ByteBuffer b = ByteBuffer.allocate(Math.multiplyExact(n, Math.abs(bitpix) / 8));
        switch (bitpix) {
            case 8 -> {
                for (double v : values) {
                    b.put((byte) v);
                }
            }
            case 16 -> {
                for (double v : values) {
                    b.putShort((short) v);
                }
            }
            case 32 -> {
                int[] s = new int[n];
                for (int i = 0; i < n; i++) {
                    s[i] = (int) values[i];
                }
                b.asIntBuffer().put(s);
            }
            case -32 -> {
                float[] s = new float[n];
                for (int i = 0; i < n; i++) {
                    s[i] = (float) values[i];
                }
                b.asFloatBuffer().put(s);
            }
            case -64 -> b.asDoubleBuffer().put(values);
            default -> throw new IllegalArgumentException("BITPIX " + bitpix);
        }
        return b.array();
    }
}
