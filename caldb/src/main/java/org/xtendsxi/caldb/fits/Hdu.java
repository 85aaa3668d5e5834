// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.util.List;
import org.xtendsxi.caldb.column.Column;

/**
 * A header-data unit of an open file.
 *
 * @param index position in the file, 0 for the primary
 * @param kind what the data are
 * @param name EXTNAME, or {@code #index}
 * @param keywords all keywords
 * @param columns columns of a table, empty otherwise
 * @param rows rows of a table (of an unfinished file: complete rows so far), 0 otherwise
 * @param rowBytes bytes of a row
 * @param axes NAXIS1, NAXIS2, ... of an image, empty otherwise
 * @param dataOffset position of the data in the file
 * @param dataBytes length of the data without padding
 */
public record Hdu(int index, Kind kind, String name, Keywords keywords, List<Column> columns, long rows, int rowBytes,
        List<Integer> axes, long dataOffset, long dataBytes) {

    /** Kinds of units. */
    public enum Kind {
        /** Primary array or IMAGE extension, possibly empty. */
        IMAGE,
        /** Binary table with columns of fixed length. */
        TABLE,
        /** Something else; a table with columns of variable length is read by {@link HeapTable}. */
        OTHER
    }
}
