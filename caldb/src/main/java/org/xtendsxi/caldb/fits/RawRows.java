// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

/**
 * Rows of a table as they stand in the file, big-endian.
 *
 * @param first position of the first row in the table, from 0
 * @param count number of rows
 * @param bytes the rows, one after the other
 */
public record RawRows(long first, int count, byte[] bytes) {

    /** The rows whose flag is set, one after the other; first stays that of all. */
    public RawRows select(boolean[] keep) {
        int length = count == 0 ? 0 : bytes.length / count;
        byte[] out = new byte[bytes.length];
        int kept = 0;
        for (int i = 0; i < count;) {
            int from = i;
            while (i < count && keep[i]) {
                i++;
            }
            System.arraycopy(bytes, from * length, out, kept * length, (i - from) * length);
            kept += i - from;
            while (i < count && !keep[i]) {
                i++;
            }
        }
        return new RawRows(first, kept, out);
    }
}
