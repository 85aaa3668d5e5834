// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.downlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.time.MissionTime;

/**
 * A copy of a file whose table grows. While it grows its header says {@code INCOMPLT = T} and no rows (contract of
 * growing files: rows are counted from the size of the file). A file that ends unshifted is its source to the last byte;
 * the times of a shifted one are later, and it has no checksums.
 */
final class GrowingFile implements AutoCloseable {
    private static final int CARD = 80;
    private static final int BUFFER = 1 << 20;

    private final Path path;
    private final Hdu table;
    private final FileChannel in;
    private final FileChannel out;
    private final Shift shift;
    private final int time;
    private final OptionalInt number;
    private final byte[] header;
    private final ByteBuffer one = ByteBuffer.allocate(Double.BYTES);
    private long next;
    private double upTo = Double.NaN;

    /**
     * How much later the copy is.
     *
     * @param seconds added to TIME and to the times of the header
     * @param cycles added to FRAMENUM
     */
    record Shift(double seconds, int cycles) {
        static final Shift NONE = new Shift(0, 0);
    }

    /** Starts a copy with no rows. */
    GrowingFile(Path source, Hdu table, Path path, Shift shift) {
        this.path = path;
        this.table = table;
        this.shift = shift;
        this.time = offset("TIME", ColumnType.DOUBLE).orElseThrow();
        this.number = offset("FRAMENUM", ColumnType.INT);
        try {
            Files.createDirectories(path.getParent());
            in = FileChannel.open(source, StandardOpenOption.READ);
            out = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            ByteBuffer b = ByteBuffer.allocate(Math.toIntExact(table.dataOffset()));
            read(b, 0);
            header = b.array();
            byte[] growing = header.clone();
            replace(growing, "NAXIS2", "NAXIS2  = %20d".formatted(0));
            replace(growing, "CHECKSUM", "INCOMPLT= %20s / more rows will come".formatted("T"));
            write(ByteBuffer.wrap(growing), 0);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private SxiException failed(IOException e) {
        return SxiException.output("file of the downlink cannot be written").in(path).value(String.valueOf(e.getMessage()))
                .cause(e).todo("give an empty folder with enough space").build();
    }

    private OptionalInt offset(String name, ColumnType type) {
        int at = 0;
        for (Column c : table.columns()) {
            if (c.name().equals(name) && c.type() == type) {
                return OptionalInt.of(at);
            }
            at += c.bytes();
        }
        return OptionalInt.empty();
    }

    /** Puts a card in the place of one of the table's. */
    private void replace(byte[] cards, String key, String card) {
        int at = find(cards, key);
        if (at < 0) {
            throw SxiException.data("header has no such card").in(path).hdu(table.name()).value(key)
                    .todo("give files that sxi has written").build();
        }
        System.arraycopy("%-80s".formatted(card).getBytes(StandardCharsets.US_ASCII), 0, cards, at, CARD);
    }

    private int find(byte[] cards, String key) {
        byte[] word = "%-8s".formatted(key).getBytes(StandardCharsets.US_ASCII);
        for (int at = cards.length - CARD; at >= 0; at -= CARD) {
            if (Arrays.equals(cards, at, at + word.length, word, 0, word.length)) {
                return at;
            }
        }
        return -1;
    }

    private void read(ByteBuffer b, long at) throws IOException {
        for (long from = at - b.position(); b.hasRemaining();) {
            if (in.read(b, from + b.position()) < 0) {
                throw new IOException("the source ends too early");
            }
        }
        b.flip();
    }

    private void write(ByteBuffer b, long at) throws IOException {
        for (long to = at - b.position(); b.hasRemaining();) {
            out.write(b, to + b.position());
        }
    }

    /** TIME of the next row, s of mission time; NaN after the last. */
    private double due() throws IOException {
        if (Double.isNaN(upTo) && next < table.rows()) {
            read(one.clear(), table.dataOffset() + next * table.rowBytes() + time);
            upTo = one.getDouble() + shift.seconds();
        }
        return upTo;
    }

    /**
     * Appends the rows whose TIME is before a moment, in the order of the file.
     *
     * @return number of rows
     */
    long deliver(double before) {
        try {
            long from = next;
            while (due() < before) {
                next++;
                upTo = Double.NaN;
            }
            int most = Math.max(1, BUFFER / table.rowBytes());
            for (long row = from; row < next; row += most) {
                copy(row, (int) Math.min(most, next - row));
            }
            return next - from;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void copy(long row, int count) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(count * table.rowBytes());
        long at = table.dataOffset() + row * table.rowBytes();
        read(b, at);
        for (int i = 0; i < count && !shift.equals(Shift.NONE); i++) {
            int start = i * table.rowBytes();
            b.putDouble(start + time, b.getDouble(start + time) + shift.seconds());
            number.ifPresent(n -> b.putInt(start + n, b.getInt(start + n) + shift.cycles()));
        }
        write(b, at);
    }

    /** Appends the remaining rows and ends the file: the header is right first, then comes what follows the table. */
    void finish() {
        try {
            deliver(Double.POSITIVE_INFINITY);
            write(ByteBuffer.wrap(shift.equals(Shift.NONE) ? header : shifted()), 0);
            long end = table.dataOffset() + table.rows() * table.rowBytes();
            for (long at = end; at < in.size(); at += BUFFER) {
                ByteBuffer b = ByteBuffer.allocate((int) Math.min(BUFFER, in.size() - at));
                read(b, at);
                write(b, at);
            }
            out.force(true);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private byte[] shifted() {
        byte[] h = header.clone();
        for (String key : List.of("TSTART", "TSTOP")) {
            table.keywords().real(key).ifPresent(t -> replace(h, key, "%-8s= %20s".formatted(key, t + shift.seconds())));
        }
        for (String key : List.of("DATE-OBS", "DATE-END")) {
            table.keywords().text(key).ifPresent(t -> replace(h, key, "%-8s= '%s'".formatted(key,
                    MissionTime.XRISM.calendar(MissionTime.XRISM.ofCalendar(t) + shift.seconds()))));
        }
        replace(h, "CHECKSUM", "COMMENT repeated by sxi downlink, %s s later".formatted(shift.seconds()));
        replace(h, "DATASUM", "COMMENT the checksums of the first pass are left out");
        return h;
    }

    @Override
    public void close() {
        try (in; out) {
            next = table.rows();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
