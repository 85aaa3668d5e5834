// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import org.apache.commons.math3.random.MersenneTwister;

/**
 * Random shifts that spread positions over their pixel (events-coords-screening section 7.7).
 */
public interface Shifts {
    /** Range of an unsigned 32-bit number. */
    double RANGE = 1L << 32;

    /**
     * Shifts of some rows.
     *
     * @param firstRow position of the first row in the table
     * @param x positions; rows that are null (NaN) take no number from a sequence
     * @param dx result, -0.5 to 0.5
     * @param dy result, -0.5 to 0.5
     */
    void fill(long firstRow, double[] x, double[] dx, double[] dy);

    /** Shifts that depend on the seed and the row only, so that any cut into chunks gives the same. */
    static Shifts byRow(long seed) {
        return (firstRow, x, dx, dy) -> {
            for (int i = 0; i < x.length; i++) {
                long bits = mix(seed + mix(firstRow + i + 1));
                dx[i] = (bits >>> 32) / RANGE - 0.5;
                dy[i] = (bits & 0xffffffffL) / RANGE - 0.5;
            }
        };
    }

    /** Finaliser of the SplitMix64 generator. */
    private static long mix(long value) {
        long z = value * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** Shifts of the reference: two numbers of one Mersenne twister per row, in row order; one thread only. */
    static Shifts inOrder(int seed) {
        MersenneTwister twister = new MersenneTwister(seed);
        return (firstRow, x, dx, dy) -> {
            for (int i = 0; i < x.length; i++) {
                if (!Double.isNaN(x[i])) {
                    dx[i] = (twister.nextInt() & 0xffffffffL) / RANGE - 0.5;
                    dy[i] = (twister.nextInt() & 0xffffffffL) / RANGE - 0.5;
                }
            }
        };
    }
}
