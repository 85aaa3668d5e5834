// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Runs of channels of a matrix row that are kept (energy-chain section 12.6).
 *
 * @param first first channel of each run
 * @param count channels of each run
 */
record Groups(int[] first, int[] count) {
    /**
     * Groups of a row: one opens above the threshold and ends before the first value below it.
     *
     * @param row probabilities
     * @param threshold lowest probability kept
     */
    static Groups of(double[] row, double threshold) {
        int[] first = new int[row.length];
        int[] count = new int[row.length];
        int n = 0;
        boolean open = false;
        for (int i = 0; i < row.length; i++) {
            if (!open && row[i] > threshold) {
                open = true;
                first[n++] = i;
            } else if (open && row[i] < threshold) {
                open = false;
            }
            if (open) {
                count[n - 1]++;
            }
        }
        return new Groups(Arrays.copyOf(first, n), Arrays.copyOf(count, n));
    }

    /** Number of groups. */
    int size() {
        return first.length;
    }

    /** Channels in all groups. */
    int elements() {
        return Arrays.stream(count).sum();
    }

    /** The values of the groups, one after the other. */
    double[] values(double[] row) {
        return IntStream.range(0, size()).boxed()
                .flatMapToDouble(g -> Arrays.stream(row, first[g], first[g] + count[g])).toArray();
    }
}
