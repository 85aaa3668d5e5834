// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.charge;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Charge of the few pixels of a segment frame that hold any, electrons, in readout order, so that what is drawn for
 * them does not depend on the order of the photons.
 */
public final class ChargeImage {
    private final TreeMap<Integer, Double> pixels = new TreeMap<>();

    /** New charge of a pixel. */
    @FunctionalInterface
    public interface PixelChange {
        /** Electrons of the pixel at a position, which held others before. */
        double apply(int index, double electrons);
    }

    /** Adds electrons to the pixel at a position of the frame. */
    public void add(int index, double electrons) {
        pixels.merge(index, electrons, Double::sum);
    }

    /** Electrons at a position, 0 where there are none. */
    public double at(int index) {
        return pixels.getOrDefault(index, 0.0);
    }

    /** Gives every pixel that holds charge a new one. */
    public void change(PixelChange f) {
        pixels.replaceAll(f::apply);
    }

    /** Adds a share of another segment's charge, position by position. */
    public void addShare(ChargeImage other, double share) {
        other.pixels.forEach((i, q) -> add(i, share * q));
    }

    /** The same charge in another object. */
    public ChargeImage copy() {
        ChargeImage c = new ChargeImage();
        c.pixels.putAll(pixels);
        return c;
    }

    /** Positions and electrons, in readout order. */
    public SortedMap<Integer, Double> pixels() {
        return pixels;
    }
}
