// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu.tornado;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * The method that is translated for the device, and the layout of its arrays.
 *
 * <p>A work item is one row of pixels, whatever frame, width, polarity or threshold it belongs to: all that is data, so
 * one translation serves all. Its finds go to slots of its own, in order, without atomic operations. Pixels stay signed
 * 16-bit words and the offset of the words (-32768) sits in the cut, because a masked unsigned word is compared wrongly
 * on the device. Only forms that are known to be translated rightly are used: nested ifs with one path to the result.
 */
final class RowSearch {
    /** Places in the description of a row. */
    static final int FIRST_WORD = 0;
    static final int FIRST_DARK = 1;
    static final int COLUMNS = 2;
    static final int EVEN = 3;
    static final int ODD = 4;
    static final int SIGN = 5;
    /** Numbers that describe a row. */
    static final int FIELDS = 6;
    /** Finds of a row that are kept; a row with more is searched again by the host. */
    static final int SLOTS = 16;

    private RowSearch() {
    }

    /**
     * Searches every row described: pixel x is found if {@code sign * word - dark >= cut of its parity}.
     *
     * @param words pixels as signed words
     * @param dark floor of the dark of each pixel, adu
     * @param rows {@link #FIELDS} numbers per row; zero columns for a row not in use
     * @param found {@link #SLOTS} columns per row, ascending
     * @param counts number of pixels found in each row, which may be more than the slots
     */
    static void search(ShortArray words, IntArray dark, IntArray rows, ShortArray found, IntArray counts) {
        for (@Parallel int r = 0; r < counts.getSize(); r++) {
            int word = rows.get(r * FIELDS + FIRST_WORD);
            int level = rows.get(r * FIELDS + FIRST_DARK);
            int columns = rows.get(r * FIELDS + COLUMNS);
            int even = rows.get(r * FIELDS + EVEN);
            int odd = rows.get(r * FIELDS + ODD);
            int sign = rows.get(r * FIELDS + SIGN);
            int k = 0;
            for (int x = 0; x < columns; x++) {
                int value = sign * words.get(word + x) - dark.get(level + x);
                int cut = even + (x & 1) * (odd - even);
                if (value >= cut) {
                    if (k < SLOTS) {
                        found.set(r * SLOTS + k, (short) x);
                    }
                    k++;
                }
            }
            counts.set(r, k);
        }
    }
}
