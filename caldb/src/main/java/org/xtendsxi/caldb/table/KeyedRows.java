// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import java.util.Arrays;

/** Which row of a table serves a key: the first row with the key wins (energy-chain section 11.2). */
final class KeyedRows {
    private final int[] rowOf;

    /**
     * Makes the index.
     *
     * @param keys key of every row, 0..count-1
     * @param count number of possible keys
     */
    KeyedRows(int[] keys, int count) {
        rowOf = new int[count];
        Arrays.fill(rowOf, -1);
        for (int i = keys.length - 1; i >= 0; i--) {
            rowOf[keys[i]] = i;
        }
    }

    /** Row of a key, or -1. */
    int row(int key) {
        return key < 0 || key >= rowOf.length ? -1 : rowOf[key];
    }
}
