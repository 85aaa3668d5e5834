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
    private byte[] buffer = new byte[0];
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
        int n = (int) Math.min(chunkRows, hdu.rows() - row);
        if (n <= 0) {
            return Optional.empty();
        }
        int bytes = Math.multiplyExact(n, hdu.rowBytes());
        if (buffer.length != bytes) {
            buffer = new byte[bytes];
        }
        file.readData(hdu, row * hdu.rowBytes(), ByteBuffer.wrap(buffer));
        EventChunk chunk = EventChunk.allocate(schema, row, n);
        TableCodec.decode(buffer, chunk);
        row += n;
        return Optional.of(chunk);
    }

    /**
     * Next rows as they stand in the file; empty at the end. Not to be mixed with {@link #next}.
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
        buffer = new byte[0];
    }
}
