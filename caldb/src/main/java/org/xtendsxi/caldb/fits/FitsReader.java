// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;
import nom.tam.util.Cursor;
import nom.tam.util.FitsInputStream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;

/**
 * An open FITS file: its units, and readers of their data. A gzipped file is unpacked once to a temporary file that
 * goes with the reader. A file shorter than its header says is refused, unless it says that it is still growing
 * (INCOMPLT).
 */
public final class FitsReader implements AutoCloseable {
    static final int BLOCK = 2880;
    private static final int CARD = 80;
    private static final int MAX_HEADER_BLOCKS = 1000;

    private final Path path;
    private final FileChannel channel;
    private final List<Hdu> hdus = new ArrayList<>();
    private long missingPadding;

    private FitsReader(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens a file, plain or gzipped, and reads all its headers. */
    public static FitsReader open(Path path) {
        FileChannel c = null;
        try {
            c = gzipped(path) ? unpack(path) : FileChannel.open(path, StandardOpenOption.READ);
            FitsReader r = new FitsReader(path, c);
            r.readHeaders();
            return r;
        } catch (IOException e) {
            close(c);
            throw SxiException.data(Files.exists(path) ? "file cannot be read" : "file does not exist").in(path)
                    .value(e.getMessage()).todo("check the path and its permissions").cause(e).build();
        } catch (SxiException e) {
            close(c);
            throw e;
        }
    }

    private static void close(FileChannel c) {
        try {
            if (c != null) {
                c.close();
            }
        } catch (IOException e) {
            throw SxiException.data("file cannot be closed").value(e.getMessage()).cause(e).build();
        }
    }

    private static boolean gzipped(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    private static FileChannel unpack(Path path) throws IOException {
        Path temp = Files.createTempFile("sxi-", ".fits");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path), 1 << 16)) {
            Files.copy(in, temp, StandardCopyOption.REPLACE_EXISTING);
            return FileChannel.open(temp, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            Files.deleteIfExists(temp);
            throw SxiException.data("compressed file is damaged").in(path).value(e.getMessage())
                    .todo("fetch the file again").cause(e).build();
        }
    }

    private void readHeaders() throws IOException {
        long at = 0;
        long size = channel.size();
        while (at < size) {
            byte[] header = headerBytes(at, size);
            if (header.length == 0) {
                break;
            }
            Hdu h = parse(header, at + header.length, size);
            hdus.add(h);
            at = h.dataOffset() + (h.dataBytes() + BLOCK - 1) / BLOCK * BLOCK;
        }
        if (hdus.isEmpty()) {
            throw SxiException.data("not a FITS file").in(path).value(size + " bytes").todo("give a FITS file").build();
        }
        missingPadding = hdus.getLast().keywords().isTrue("INCOMPLT") ? 0 : Math.max(0, at - size);
    }

    /** Header blocks from a position up to END; empty for junk after the last unit. */
    private byte[] headerBytes(long at, long size) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK];
        for (int n = 0; n < MAX_HEADER_BLOCKS; n++) {
            long position = at + (long) n * BLOCK;
            if (!readFully(ByteBuffer.wrap(block), position) && (position > 0 || startsUnit(block, true))) {
                break;
            }
            if (n == 0 && !startsUnit(block, at == 0)) {
                if (at == 0) {
                    throw SxiException.data("not a FITS file").in(path).value(size + " bytes")
                            .todo("give a FITS file; it starts with SIMPLE").build();
                }
                return new byte[0];
            }
            all.writeBytes(block);
            for (int c = 0; c < BLOCK; c += CARD) {
                if (new String(block, c, 8, StandardCharsets.US_ASCII).equals("END     ")) {
                    return all.toByteArray();
                }
            }
        }
        throw SxiException.data("header has no END; the file is truncated").in(path).hdu("#" + hdus.size())
                .value(size + " bytes").todo("fetch the file again").build();
    }

    private static boolean startsUnit(byte[] block, boolean primary) {
        return new String(block, 0, 9, StandardCharsets.US_ASCII).equals(primary ? "SIMPLE  =" : "XTENSION=");
    }

    private Hdu parse(byte[] header, long dataOffset, long size) throws IOException {
        Header parsed;
        try (FitsInputStream in = new FitsInputStream(new ByteArrayInputStream(header))) {
            parsed = Header.readHeader(in);
        } catch (IllegalArgumentException e) {
            throw SxiException.data("header cannot be read").in(path).hdu("#" + hdus.size()).value(e.getMessage())
                    .todo("repair the header").cause(e).build();
        }
        List<HeaderCard> cards = new ArrayList<>();
        for (Cursor<String, HeaderCard> i = parsed.iterator(); i.hasNext();) {
            cards.add(i.next());
        }
        int index = hdus.size();
        Keywords plain = new Keywords(path.toString(), "#" + index, cards);
        String name = plain.text("EXTNAME").map(String::strip).filter(s -> !s.isEmpty()).orElse("#" + index);
        return unit(index, name, new Keywords(path.toString(), name, cards), dataOffset, size);
    }

    private Hdu unit(int index, String name, Keywords k, long dataOffset, long size) {
        String extension = k.text("XTENSION").map(String::strip).orElse("IMAGE");
        int naxis = k.needInteger("NAXIS");
        List<Integer> axes = new ArrayList<>();
        for (int i = 1; i <= naxis; i++) {
            axes.add(k.needInteger("NAXIS" + i));
        }
        long values = axes.isEmpty() ? 0 : axes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        long bytes = Math.abs(k.needInteger("BITPIX")) / 8 * (values + k.integer("PCOUNT").orElse(0));
        boolean table = extension.equals("BINTABLE") && !k.isTrue("ZIMAGE") && !ColumnCards.anyVariable(k);
        List<Column> columns = table ? ColumnCards.read(k) : List.of();
        int rowBytes = table ? axes.get(0) : 0;
        int wanted = columns.stream().mapToInt(Column::bytes).sum();
        if (table && wanted != rowBytes) {
            throw k.at(SxiException.data("row length does not match the columns"), "NAXIS1").value(rowBytes)
                    .limit(wanted).todo("repair the header").build();
        }
        long rows = table ? axes.get(1) : 0;
        if (table && k.isTrue("INCOMPLT")) {
            rows = Math.max(0, (size - dataOffset) / rowBytes);
            bytes = rows * rowBytes;
        } else if (dataOffset + bytes > size) {
            throw SxiException.data("file is truncated").in(path).hdu(name).value(size + " bytes")
                    .limit("at least " + (dataOffset + bytes)).todo("fetch or write the file again").build();
        }
        Hdu.Kind kind = table ? Hdu.Kind.TABLE : extension.equals("IMAGE") ? Hdu.Kind.IMAGE : Hdu.Kind.OTHER;
        return new Hdu(index, kind, name, k, columns, rows, rowBytes, table ? List.of() : axes, dataOffset, bytes);
    }

    /** Bytes by which the file ends before its last block does; its data are complete all the same. */
    public long missingPadding() {
        return missingPadding;
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** All units in file order. */
    public List<Hdu> hdus() {
        return List.copyOf(hdus);
    }

    /** Primary unit. */
    public Hdu primary() {
        return hdus.getFirst();
    }

    /** First unit with an EXTNAME. */
    public Optional<Hdu> find(String extname) {
        return hdus.stream().filter(h -> h.name().equalsIgnoreCase(extname)).findFirst();
    }

    /** Unit with an EXTNAME that must exist. */
    public Hdu need(String extname) {
        return find(extname).orElseThrow(() -> SxiException.data("extension is missing").in(path).hdu(extname)
                .value(hdus.stream().map(Hdu::name).toList()).todo("give a file that has it").build());
    }

    /** Streams a table in chunks of at most {@code chunkRows} rows. */
    public TableReader table(Hdu hdu, int chunkRows) {
        if (hdu.kind() != Hdu.Kind.TABLE) {
            throw SxiException.data("not a table with columns of fixed length").in(path).hdu(hdu.name())
                    .todo("give a file whose table has no P columns").build();
        }
        return new TableReader(this, hdu, chunkRows);
    }

    /** Reads a small table whole; the caller closes it. */
    public EventChunk whole(Hdu hdu) {
        try (TableReader r = table(hdu, Math.toIntExact(Math.max(1, hdu.rows())))) {
            return r.next().orElseGet(() -> EventChunk.allocate(new EventSchema(hdu.columns()), 0, 0));
        }
    }

    /** Reads bytes at a position of the file; false if the file ends before. */
    boolean readFully(ByteBuffer into, long position) {
        long at = position;
        try {
            while (into.hasRemaining()) {
                int n = channel.read(into, at);
                if (n < 0) {
                    return false;
                }
                at += n;
            }
            return true;
        } catch (IOException e) {
            throw SxiException.data("file cannot be read").in(path).value(e.getMessage()).cause(e)
                    .todo("check the disk").build();
        }
    }

    /**
     * Reads raw data bytes of a unit, for readers that need no decoding.
     *
     * @param hdu the unit
     * @param offset first byte within its data
     * @param into buffer to fill
     */
    public void readData(Hdu hdu, long offset, ByteBuffer into) {
        if (!readFully(into, hdu.dataOffset() + offset)) {
            throw SxiException.data("file is truncated").in(path).hdu(hdu.name()).todo("fetch the file again").build();
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
