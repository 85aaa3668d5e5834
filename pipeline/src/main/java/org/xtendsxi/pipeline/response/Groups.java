// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import java.util.Arrays;

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
        for (int i = opening(row, 0, threshold); i < row.length; i = opening(row, i, threshold)) {
            first[n] = i;
            i = closing(row, i, threshold);
            count[n] = i - first[n];
            n++;
        }
        return new Groups(Arrays.copyOf(first, n), Arrays.copyOf(count, n));
    }

    private static int opening(double[] row, int from, double threshold) {
        int i = from;
        while (i < row.length && !(row[i] > threshold)) {
            i++;
        }
        return i;
    }

    private static int closing(double[] row, int from, double threshold) {
        int i = from;
        while (i < row.length && !(row[i] < threshold)) {
            i++;
        }
        return i;
    }

    /** Number of groups. */
    int size() {
        return first.length;
    }

    /** Channels in all groups. */
    int elements() {
        int sum = 0;
        for (int c : count) {
            sum += c;
        }
        return sum;
    }

    /** The values of the groups, one after the other. */
    double[] values(double[] row) {
        double[] all = new double[elements()];
        int at = 0;
        for (int g = 0; g < first.length; g++) {
            System.arraycopy(row, first[g], all, at, count[g]);
            at += count[g];
        }
        return all;
    }
}
