// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;

/**
 * Rows of a table as they stand in the file, big-endian.
 *
 * @param first position of the first row in the table, from 0
 * @param count number of rows
 * @param bytes the rows, one after the other
 */
public record RawRows(long first, int count, byte[] bytes) {

    /**
     * Columns of the rows, each decoded when it is first asked for; the caller closes the chunk.
     *
     * @param schema columns of the table
     */
    public EventChunk columns(EventSchema schema) {
        return EventChunk.lazy(schema, first, count, (column, array) -> {
            int offset = 0;
            for (int i = 0; i < column; i++) {
                offset += schema.columns().get(i).bytes();
            }
            Column c = schema.columns().get(column);
            if (c.repeat() > 0) {
                TableCodec.decode(bytes, schema.rowBytes(), offset, c, count, array);
            }
        });
    }

    /** The rows whose flag is set, one after the other; first stays that of all. */
    public RawRows select(boolean[] keep) {
        int length = count == 0 ? 0 : bytes.length / count;
        byte[] out = new byte[length * set(keep)];
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

    private static int set(boolean[] keep) {
        int n = 0;
        for (boolean k : keep) {
            n += k ? 1 : 0;
        }
        return n;
    }
}
