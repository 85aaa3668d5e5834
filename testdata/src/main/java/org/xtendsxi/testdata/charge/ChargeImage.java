// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.charge;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Charge of the few pixels of a segment frame that hold any, electrons, in readout order, so that what is drawn for
 * them does not depend on the order of the photons.
 */
public final class ChargeImage {
    private final SortedMap<Integer, Double> pixels = new TreeMap<>();

    /** Adds electrons to the pixel at a position of the frame. */
    public void add(int index, double electrons) {
        pixels.merge(index, electrons, Double::sum);
    }

    /** Positions and electrons, in readout order. */
    public SortedMap<Integer, Double> pixels() {
        return pixels;
    }
}
