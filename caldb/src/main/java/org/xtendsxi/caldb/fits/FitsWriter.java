// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import nom.tam.fits.HeaderCard;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;

/**
 * Writes a FITS file under a temporary name beside its target; {@link #commit()} syncs and renames it. Closing without
 * commit leaves nothing. Every HDU gets CHECKSUM and DATASUM.
 */
public final class FitsWriter implements AutoCloseable {
    private static final int CARD = 80;
    private static final int KEY = 8;
    /** Text that fits into a card even if every character of it is a quote, which is written twice. */
    private static final int SHORT_TEXT = 32;
    /** Value of CHECKSUM while the sum of the header is made. */
    private static final String NO_SUM = "0".repeat(16);
    /** Blank cards kept free in the header of a streamed table, for keywords known only at its end. */
    private static final int SPARE_CARDS = 36;
    private static final int PIECE = 1 << 20;

    /** Temporary files of writers that are open; an interrupted program removes them on its way out. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(p -> p.toFile().delete())));
    }

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private boolean open = true;

    private FitsWriter(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
        OPEN.add(temporary);
    }

    /** Starts a file; missing folders are made, an existing file is replaced at commit. */
    public static FitsWriter create(Path target) {
        Path absolute = target.toAbsolutePath();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + ".part");
        try {
            Files.createDirectories(absolute.getParent());
            return new FitsWriter(absolute, temporary, FileChannel.open(temporary, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE, StandardOpenOption.READ));
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    private static SxiException failed(Path path, IOException e) {
        return SxiException.output("file cannot be written").in(path)
                .value(e.getClass().getSimpleName() + ": " + e.getMessage())
                .todo("check that the folder exists, is writable and has space").cause(e).build();
    }

    /** The final name. */
    public Path target() {
        return target;
    }

    /** Writes an empty primary HDU. */
    public void primary(Keywords keywords) {
        writeUnit(primaryKeywords(keywords), new byte[0]);
    }

    /** Writes the empty primary HDU anew, at most as long as before, with what is known only at the end. */
    public void replacePrimary(Keywords keywords) {
        Keywords k = primaryKeywords(keywords);
        writeHeader(k, 0, blocks(k, 2), 0);
    }

    private static Keywords primaryKeywords(Keywords keywords) {
        Keywords k = new Keywords().set("SIMPLE", true, "FITS standard 4.0").set("BITPIX", 8L, "")
                .set("NAXIS", 0L, "no data here").set("EXTEND", true, "");
        append(k, keywords);
        return k;
    }

    /** Starts a table that is streamed; finish it before the next unit. */
    public TableWriter table(String extname, EventSchema schema, Keywords keywords) {
        Keywords k = new Keywords().set("XTENSION", "BINTABLE", "binary table").set("BITPIX", 8L, "")
                .set("NAXIS", 2L, "").set("NAXIS1", schema.rowBytes(), "bytes of a row")
                .set("NAXIS2", 0L, "rows").set("PCOUNT", 0L, "").set("GCOUNT", 1L, "");
        ColumnCards.write(schema.columns(), k);
        k.set("EXTNAME", extname, "");
        append(k, keywords);
        return new TableWriter(this, schema, k, position(), blocks(k, SPARE_CARDS));
    }

    /** Writes a small table whole. */
    public void table(String extname, EventChunk rows, Keywords keywords) {
        try (TableWriter t = table(extname, rows.schema(), keywords)) {
            t.accept(rows);
            t.finish();
        }
    }

    /** Writes a table with a heap. */
    public void table(String extname, HeapTable rows, Keywords keywords) {
        Keywords k = rows.structure().set("EXTNAME", extname, "");
        append(k, keywords);
        writeUnit(k, rows.data());
    }

    /** Writes an image; the first one of an empty file becomes the primary array. */
    public void image(String extname, Image image, Keywords keywords) {
        image(extname, image.bitpix(), image.axes(), image.bytes(), keywords);
    }

    /** Writes an image of counts, first axis fastest, as 32-bit integers. */
    public void image(String extname, int width, int height, int[] values, Keywords keywords) {
        ByteBuffer b = ByteBuffer.allocate(Math.multiplyExact(values.length, Integer.BYTES));
        b.asIntBuffer().put(values);
        image(extname, Integer.SIZE, List.of(width, height), b.array(), keywords);
    }

    /** Writes an image of 32-bit floating-point values, first axis fastest. */
    public void image(String extname, int width, int height, float[] values, Keywords keywords) {
        ByteBuffer b = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        b.asFloatBuffer().put(values);
        image(extname, -Float.SIZE, List.of(width, height), b.array(), keywords);
    }

    private void image(String extname, int bitpix, List<Integer> axes, byte[] data, Keywords keywords) {
        boolean primary = position() == 0;
        Keywords k = new Keywords();
        if (primary) {
            k.set("SIMPLE", true, "FITS standard 4.0");
        } else {
            k.set("XTENSION", "IMAGE", "image");
        }
        k.set("BITPIX", bitpix, "").set("NAXIS", axes.size(), "");
        for (int i = 0; i < axes.size(); i++) {
            k.set("NAXIS" + (i + 1), axes.get(i), "");
        }
        if (primary) {
            k.set("EXTEND", true, "");
        } else {
            k.set("PCOUNT", 0L, "").set("GCOUNT", 1L, "");
        }
        if (!extname.isEmpty()) {
            k.set("EXTNAME", extname, "");
        }
        append(k, keywords);
        writeUnit(k, data);
    }

    private static void append(Keywords k, Keywords more) {
        Keywords o = more.observation();
        k.append(o);
        if (o.cards().stream().anyMatch(c -> lines(c) > 1)) {
            k.set("LONGSTRN", "OGIP 1.0", "long strings are continued");
        }
    }

    private void writeUnit(Keywords k, byte[] data) {
        long start = position();
        DataSum sum = new DataSum();
        sum.add(data, 0, data.length);
        int blocks = blocks(k, 2);
        write(ByteBuffer.wrap(new byte[blocks * FitsReader.BLOCK]));
        write(ByteBuffer.wrap(data));
        pad(data.length);
        writeHeader(k, start, blocks, sum.value());
    }

    /** Header blocks for the cards of k, spare ones and END. */
    private static int blocks(Keywords k, int spare) {
        int cards = k.cards().stream().mapToInt(FitsWriter::lines).sum() + spare + 1;
        return (cards * CARD + FitsReader.BLOCK - 1) / FitsReader.BLOCK;
    }

    /** Lines of a card; the library renders the card to tell, which only a long text is worth. */
    private static int lines(HeaderCard c) {
        boolean plain = c.getKey().length() <= KEY && (!c.isStringValue() || c.getValue().length() <= SHORT_TEXT);
        return plain ? 1 : c.cardSize();
    }

    /** Writes the final header over its place, blank cards filling the space that was kept. */
    void writeHeader(Keywords k, long start, int blocks, long dataSum) {
        k.set("DATASUM", Long.toString(dataSum), "sum of the data").set("CHECKSUM", NO_SUM, "sum of the HDU");
        byte[] bytes = render(k, blocks);
        DataSum header = new DataSum();
        header.add(bytes, 0, bytes.length);
        String sum = DataSum.checksumText(DataSum.plus(header.value(), dataSum));
        k.set("CHECKSUM", sum, "sum of the HDU");
        byte[] zeros = ("CHECKSUM= '" + NO_SUM).getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < bytes.length; at += CARD) {
            if (Arrays.equals(bytes, at, at + zeros.length, zeros, 0, zeros.length)) {
                System.arraycopy(sum.getBytes(StandardCharsets.US_ASCII), 0, bytes, at + zeros.length - NO_SUM.length(),
                        NO_SUM.length());
            }
        }
        try {
            channel.write(ByteBuffer.wrap(bytes), start);
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    private static byte[] render(Keywords k, int blocks) {
        StringBuilder b = new StringBuilder();
        k.cards().forEach(b::append);
        int size = blocks * FitsReader.BLOCK;
        if (b.length() + CARD > size) {
            throw new IllegalStateException("header outgrew its space: " + b.length() + " of " + size);
        }
        int lastBlock = size - FitsReader.BLOCK;
        while (b.length() < lastBlock) {
            b.append(" ".repeat(CARD));
        }
        b.append("END");
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) ' ');
        byte[] text = b.toString().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, bytes, 0, text.length);
        return bytes;
    }

    /** Fills the data up to a whole block. */
    void pad(long dataBytes) {
        int rest = (int) (dataBytes % FitsReader.BLOCK);
        if (rest != 0) {
            write(ByteBuffer.wrap(new byte[FitsReader.BLOCK - rest]));
        }
    }

    long position() {
        try {
            return channel.position();
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /** Appends bytes, in pieces: the channel copies each to memory outside the heap, of which little is wanted. */
    void write(ByteBuffer bytes) {
        try {
            for (int end = bytes.limit(); bytes.position() < end;) {
                channel.write(bytes.limit(Math.min(end, bytes.position() + PIECE)));
            }
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /** Reads bytes already written. */
    void readBack(ByteBuffer into, long position) {
        try {
            for (long at = position; into.hasRemaining();) {
                int n = channel.read(into, at);
                if (n < 0) {
                    throw new EOFException("temporary file ends at " + at);
                }
                at += n;
            }
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /** Replaces bytes already written. */
    void writeBack(ByteBuffer bytes, long position) {
        try {
            for (long at = position; bytes.hasRemaining();) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /** Syncs the file and gives it its final name. */
    public void commit() {
        try {
            channel.force(true);
            channel.close();
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            open = false;
            OPEN.remove(temporary);
            try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /** Removes the temporary file unless the file was committed. */
    @Override
    public void close() {
        if (open) {
            open = false;
            OPEN.remove(temporary);
            try {
                channel.close();
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                throw failed(target, e);
            }
        }
    }
}
