// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSink;

/**
 * Streams chunks into a table. {@link #finish()} writes the number of rows, checksums and late keywords; the file
 * itself is committed or dropped by its {@link FitsWriter}.
 */
public final class TableWriter implements EventSink, AutoCloseable {
    private final FitsWriter file;
    private final EventSchema schema;
    private final Keywords keywords;
    private final long headerStart;
    private final int headerBlocks;
    private final DataSum sum = new DataSum();
    private long rows;
    private byte[] buffer = new byte[0];

    TableWriter(FitsWriter file, EventSchema schema, Keywords keywords, long headerStart, int headerBlocks) {
        this.file = file;
        this.schema = schema;
        this.keywords = keywords;
        this.headerStart = headerStart;
        this.headerBlocks = headerBlocks;
        file.write(ByteBuffer.wrap(new byte[headerBlocks * FitsReader.BLOCK]));
    }

    /** Keywords of the table, which may be set (not many added) until {@link #finish()}. */
    public Keywords keywords() {
        return keywords;
    }

    /** Rows written so far. */
    public long rows() {
        return rows;
    }

    @Override
    public void accept(EventChunk chunk) {
        if (!chunk.schema().equals(schema)) {
            throw new IllegalArgumentException("chunk has other columns than the table");
        }
        int bytes = Math.multiplyExact(chunk.rows(), schema.rowBytes());
        if (buffer.length != bytes) {
            buffer = new byte[bytes];
        }
        TableCodec.encode(chunk, buffer);
        acceptRows(buffer, chunk.rows());
    }

    /** Appends rows that are already in FITS form. */
    public void acceptRows(byte[] bytes, int count) {
        int length = Math.multiplyExact(count, schema.rowBytes());
        sum.add(bytes, 0, length);
        file.write(ByteBuffer.wrap(bytes, 0, length));
        rows += count;
    }

    /**
     * Sum of rows for {@link #acceptRows(byte[], int, long)}, which any thread may make.
     *
     * @param rows rows in FITS form; the length of all but the last is a multiple of 4 bytes
     */
    public static long sum(byte[] rows) {
        DataSum s = new DataSum();
        s.add(rows, 0, rows.length);
        return s.value();
    }

    /** Appends rows in FITS form whose sum is known. */
    public void acceptRows(byte[] bytes, int count, long bytesSum) {
        sum.addSum(bytesSum, bytes.length);
        file.write(ByteBuffer.wrap(bytes));
        rows += count;
    }

    /** Starts a second look at all rows written, before {@link #finish()}, at most so many at a time. */
    public Revision revise(int chunkRows) {
        sum.reset();
        file.syncSoon();
        return new Revision(chunkRows);
    }

    /** A second sweep over the rows of a table: every row goes out and comes back once, in order. */
    public final class Revision {
        private final int chunkRows;
        private long out;
        private long back;

        private Revision(int chunkRows) {
            this.chunkRows = chunkRows;
        }

        /** Next rows to read, empty at the end. */
        public Optional<TableReader.Range> nextRange() {
            int n = (int) Math.min(chunkRows, rows - out);
            if (n <= 0) {
                return Optional.empty();
            }
            TableReader.Range next = new TableReader.Range(out, n);
            out += n;
            return Optional.of(next);
        }

        /** Reads rows; several threads may do so at once, and while others are put back. */
        public RawRows read(TableReader.Range range) {
            byte[] bytes = new byte[Math.multiplyExact(range.count(), schema.rowBytes())];
            file.readBack(ByteBuffer.wrap(bytes), place(range.first()));
            return new RawRows(range.first(), range.count(), bytes);
        }

        /**
         * Puts rows back; only those that changed are written.
         *
         * @param before the rows as they were read
         * @param revised the rows as they are to be
         * @param bytesSum {@link TableWriter#sum} of these
         */
        public void put(RawRows before, RawRows revised, long bytesSum) {
            if (revised.first() != back) {
                throw new IllegalArgumentException("rows come back from " + revised.first() + " instead of " + back);
            }
            sum.addSum(bytesSum, revised.bytes().length);
            int length = schema.rowBytes();
            for (int row = next(before, revised, 0); row < revised.count();) {
                int end = row + 1;
                while (end < revised.count() && next(before, revised, end) == end) {
                    end++;
                }
                file.writeBack(ByteBuffer.wrap(revised.bytes(), row * length, (end - row) * length),
                        place(back + row));
                row = end < revised.count() ? next(before, revised, end) : end;
            }
            back += revised.count();
        }

        /** First row, not before another, in which two differ; their number if none does. */
        private int next(RawRows a, RawRows b, int row) {
            int length = schema.rowBytes();
            int at = Arrays.mismatch(a.bytes(), row * length, a.bytes().length, b.bytes(), row * length,
                    b.bytes().length);
            return at < 0 ? b.count() : row + at / length;
        }

        private long place(long row) {
            return headerStart + (long) headerBlocks * FitsReader.BLOCK + row * schema.rowBytes();
        }
    }

    /** Ends the table. */
    public void finish() {
        file.pad(rows * schema.rowBytes());
        keywords.set("NAXIS2", rows, "rows");
        file.writeHeader(keywords, headerStart, headerBlocks, sum.value());
        buffer = new byte[0];
    }

    /** Does nothing: an unfinished table goes with its file. */
    @Override
    public void close() {
        buffer = new byte[0];
    }
}
