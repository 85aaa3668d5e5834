// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSource;

/** Streams the rows of a table in bounded chunks. */
public final class TableReader implements EventSource {
    private final FitsReader file;
    private final Hdu hdu;
    private final int chunkRows;
    private final EventSchema schema;
    private long row;

    TableReader(FitsReader file, Hdu hdu, int chunkRows) {
        this.file = file;
        this.hdu = hdu;
        this.chunkRows = chunkRows;
        this.schema = new EventSchema(hdu.columns());
    }

    @Override
    public EventSchema schema() {
        return schema;
    }

    /** Goes on at another row, from 0; beyond the last one there is nothing to read. */
    public TableReader from(long first) {
        row = first;
        return this;
    }

    @Override
    public Optional<EventChunk> next() {
        return nextRaw().map(this::columns);
    }

    /** Columns of rows of this table, each decoded when it is first asked for; the caller closes the chunk. */
    public EventChunk columns(RawRows rows) {
        return rows.columns(schema);
    }

    /** Next rows to read with {@link #read}, as their first row and number; empty at the end. */
    public Optional<Range> nextRange() {
        int n = (int) Math.min(chunkRows, hdu.rows() - row);
        if (n <= 0) {
            return Optional.empty();
        }
        Range next = new Range(row, n);
        row += n;
        return Optional.of(next);
    }

    /**
     * Rows of the table.
     *
     * @param first position of the first, from 0
     * @param count how many
     */
    public record Range(long first, int count) {
    }

    /** Reads rows as they stand in the file; several threads may do so at once. */
    public RawRows read(Range range) {
        byte[] bytes = new byte[Math.multiplyExact(range.count(), hdu.rowBytes())];
        file.readData(hdu, range.first() * hdu.rowBytes(), ByteBuffer.wrap(bytes));
        return new RawRows(range.first(), range.count(), bytes);
    }

    /** Next rows as they stand in the file; empty at the end. */
    public Optional<RawRows> nextRaw() {
        return nextRaw(new byte[0]);
    }

    /**
     * Next rows as they stand in the file; empty at the end.
     *
     * @param spare memory that may be used if its length fits, such as that of rows no longer needed
     */
    public Optional<RawRows> nextRaw(byte[] spare) {
        int n = (int) Math.min(chunkRows, hdu.rows() - row);
        if (n <= 0) {
            return Optional.empty();
        }
        int length = Math.multiplyExact(n, hdu.rowBytes());
        byte[] bytes = spare.length == length ? spare : new byte[length];
        file.readData(hdu, row * hdu.rowBytes(), ByteBuffer.wrap(bytes));
        RawRows rows = new RawRows(row, n, bytes);
        row += n;
        return Optional.of(rows);
    }

    /** Does nothing: the file belongs to its {@link FitsReader}. */
    @Override
    public void close() {
    }
}
