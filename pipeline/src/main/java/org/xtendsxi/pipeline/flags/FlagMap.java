// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.pixel.CcdPixel;

/** STATUS flags of every CCD pixel; positions count from 0 here. Built once, then only read. */
public final class FlagMap {
    /** Flags that make a pixel useless in a 3x3: 6 to 10, 16 and 17. */
    static final long USELESS = StatusFlag.bits(StatusFlag.CI_ROW, StatusFlag.BAD_PIXEL, StatusFlag.BAD_COLUMN,
            StatusFlag.HOT_PIXEL, StatusFlag.FLICKERING_PIXEL, StatusFlag.CI_TRAILING, StatusFlag.CI_PRECEDING);
    /** Beyond the 48 flags: some pixel of the 3x3 around, itself included, is useless. */
    static final long NEAR_USELESS = 1L << 63;

    private final long[] flags;

    /** A map without flags. */
    FlagMap() {
        this.flags = new long[CcdPixel.ALL];
    }

    /** A copy. */
    FlagMap(FlagMap other) {
        this.flags = other.flags.clone();
    }

    /** Flags of a pixel; x and y from 0. */
    public long at(int ccd, int x, int y) {
        return flags[CcdPixel.index(ccd, x, y)] & ~NEAR_USELESS;
    }

    /** Flags of a pixel of the camera, with {@link #NEAR_USELESS}. */
    long raw(int pixel) {
        return flags[pixel];
    }

    void set(int ccd, int x, int y, long bits) {
        flags[CcdPixel.index(ccd, x, y)] |= bits;
    }

    void set(int pixel, long bits) {
        flags[pixel] |= bits;
    }

    /** Flags of a pixel of the camera by its index, as in {@link org.xtendsxi.caldb.pixel.CcdPixel}. */
    public long at(int pixel) {
        return flags[pixel] & ~NEAR_USELESS;
    }

    /** Sets flags on a row of a CCD. */
    void setRow(int ccd, int y, long bits) {
        for (int x = 0; x < Sxi.ACT_SIZE; x++) {
            set(ccd, x, y, bits);
        }
    }

    /** Sets flags on the square around a pixel, clipped to the CCD, without the pixel itself. */
    void setAround(int ccd, int x, int y, int reach, long bits) {
        for (int i = Math.max(0, x - reach); i <= Math.min(Sxi.ACT_SIZE - 1, x + reach); i++) {
            for (int j = Math.max(0, y - reach); j <= Math.min(Sxi.ACT_SIZE - 1, y + reach); j++) {
                if (i != x || j != y) {
                    set(ccd, i, j, bits);
                }
            }
        }
    }

    /** Clears flags everywhere. */
    void clear(long bits) {
        for (int i = 0; i < flags.length; i++) {
            flags[i] &= ~bits;
        }
    }

    /** Flag 15 on the neighbours of useless pixels; those on the edge of a CCD do not count (section 9.6.5). */
    void surround() {
        for (int pixel = 0; pixel < flags.length; pixel++) {
            if ((flags[pixel] & USELESS) != 0) {
                int x = pixel % CcdPixel.PER_CCD / Sxi.ACT_SIZE;
                int y = pixel % Sxi.ACT_SIZE;
                if (x > 0 && x < Sxi.ACT_SIZE - 1 && y > 0 && y < Sxi.ACT_SIZE - 1) {
                    setAround(pixel / CcdPixel.PER_CCD, x, y, 1, StatusFlag.BAD_3X3.bit());
                }
            }
        }
    }

    /** Notes where a 3x3 holds a useless pixel, so that most events need one look only. */
    void index() {
        for (int pixel = 0; pixel < flags.length; pixel++) {
            if ((flags[pixel] & USELESS) != 0) {
                set(pixel, NEAR_USELESS);
                setAround(pixel / CcdPixel.PER_CCD, pixel % CcdPixel.PER_CCD / Sxi.ACT_SIZE, pixel % Sxi.ACT_SIZE, 1,
                        NEAR_USELESS);
            }
        }
    }
}
