// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.badpix;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.pixel.CcdPixel;
import org.xtendsxi.caldb.pixel.PixelEntry;

/** Gathers bad pixels of the camera and makes the list of BADPIX: single pixels, and columns with many of them. */
final class BadPixels {
    private static final int SIZE = Sxi.ACT_SIZE;

    private final BitSet bad = new BitSet();
    private final BitSet[][] dead = new BitSet[Sxi.CCDS][];

    /** Marks a pixel; x and y from 1. */
    void add(int ccd, int actX, int actY) {
        bad.set(CcdPixel.index(ccd, actX - 1, actY - 1));
    }

    /** Marks the pixels of a CCD, numbered as in {@link CcdPixel#index(int, int)}. */
    void add(int ccd, BitSet pixels) {
        pixels.stream().forEach(i -> bad.set(ccd * CcdPixel.PER_CCD + i));
    }

    /** Marks dead stretches of {@link EventMap#STRETCH} rows. */
    void dead(int ccd, BitSet[] stretches) {
        dead[ccd] = stretches;
    }

    /** Whether a pixel is marked; x and y from 1. */
    boolean has(int ccd, int actX, int actY) {
        return bad.get(CcdPixel.index(ccd, actX - 1, actY - 1));
    }

    /**
     * The list.
     *
     * @param time TIME, s
     * @param columnPixels marked pixels of a column from which on it is listed as a column, from the lowest to the
     *     highest
     */
    List<PixelEntry> list(double time, int columnPixels) {
        List<PixelEntry> out = new ArrayList<>();
        for (int ccd = 0; ccd < Sxi.CCDS; ccd++) {
            for (int x = 0; x < SIZE; x++) {
                column(out, time, ccd, x, columnPixels);
            }
        }
        return out;
    }

    private void column(List<PixelEntry> out, double time, int ccd, int x, int columnPixels) {
        BitSet rows = new BitSet();
        for (int y = 0; y < SIZE; y++) {
            rows.set(y, bad.get(CcdPixel.index(ccd, x, y)));
        }
        if (dead[ccd] != null) {
            dead[ccd][x].stream().forEach(k -> rows.set(k * EventMap.STRETCH,
                    Math.min(SIZE, (k + 1) * EventMap.STRETCH)));
        }
        if (rows.cardinality() >= columnPixels) {
            out.add(new PixelEntry(time, ccd, x + 1, rows.nextSetBit(0) + 1, rows.length() - rows.nextSetBit(0)));
            return;
        }
        rows.stream().forEach(y -> out.add(new PixelEntry(time, ccd, x + 1, y + 1, 1)));
    }
}
