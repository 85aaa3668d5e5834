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
}
