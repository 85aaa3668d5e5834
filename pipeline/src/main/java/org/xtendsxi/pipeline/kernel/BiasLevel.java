// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

/**
 * Bias of the pixels of one segment frame, adu, for even and odd RAWX; one pair for the frame, or one per row.
 *
 * <p>Even and odd columns are digitised by different ADCs (frames-and-science section 1.5).
 */
public final class BiasLevel {
    private final double[] pairs;

    private BiasLevel(double[] pairs) {
        this.pairs = pairs;
    }

    /** One pair of levels for all rows. */
    public static BiasLevel ofFrame(double even, double odd) {
        return new BiasLevel(new double[] {even, odd});
    }

    /** A pair for every row: element 2*RAWY + (RAWX mod 2). */
    public static BiasLevel ofRows(double[] pairs) {
        return new BiasLevel(pairs.clone());
    }

    /** Whether rows have levels of their own. */
    public boolean perRow() {
        return pairs.length > 2;
    }

    /** Level of the pixels of one parity of a row, adu. */
    public double at(int rawY, int parity) {
        return pairs[perRow() ? 2 * rawY + parity : parity];
    }
}
