// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

/**
 * Sorts many short lists side by side: list x consists of {@code v[0][x], v[1][x], ...}. Batcher's merge exchange
 * (Knuth, The Art of Computer Programming 3, algorithm 5.2.2M) compares whole rows, so the loops are free of branches.
 */
final class RowSort {
    private RowSort() {
    }

    /** Puts the lower elements of two rows into the first, the higher ones into the second. */
    @FunctionalInterface
    private interface Exchange {
        void rows(int first, int second);
    }

    /**
     * Sorts the lists, ascending.
     *
     * @param v rows of equal length, without NaN
     * @param n number of rows to sort
     */
    static void sort(double[][] v, int n) {
        network(n, (i, j) -> exchange(v[i], v[j]));
    }

    /** Sorts the lists, ascending. */
    static void sort(int[][] v) {
        network(v.length, (i, j) -> exchange(v[i], v[j]));
    }

    private static void network(int n, Exchange exchange) {
        int top = n < 2 ? 0 : Integer.highestOneBit(n - 1);
        for (int p = top; p > 0; p >>= 1) {
            int q = top;
            int r = 0;
            int d = p;
            while (true) {
                for (int i = 0; i < n - d; i++) {
                    if ((i & p) == r) {
                        exchange.rows(i, i + d);
                    }
                }
                if (q == p) {
                    break;
                }
                d = q - p;
                q >>= 1;
                r = p;
            }
        }
    }

    private static void exchange(double[] a, double[] b) {
        for (int x = 0; x < a.length; x++) {
            double low = Math.min(a[x], b[x]);
            b[x] = Math.max(a[x], b[x]);
            a[x] = low;
        }
    }

    private static void exchange(int[] a, int[] b) {
        for (int x = 0; x < a.length; x++) {
            int low = Math.min(a[x], b[x]);
            b[x] = Math.max(a[x], b[x]);
            a[x] = low;
        }
    }
}
