// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.frame;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;

/** Reads table FRAMES row by row without decoding the pixels. One reader per thread. */
public final class FrameReader implements AutoCloseable {
    private final FitsReader file;
    private final Hdu hdu;
    private final FrameHeader header;
    private final EventSchema schema;
    private final int[] offsets;

    private FrameReader(FitsReader file) {
        this.file = file;
        this.hdu = file.need("FRAMES");
        this.header = FrameHeader.of(hdu.keywords());
        this.schema = new EventSchema(hdu.columns());
        this.offsets = offsets();
        checkPixels();
    }

    /** Opens a frame file, plain or gzipped, and checks its layout. */
    public static FrameReader open(Path path) {
        FitsReader f = FitsReader.open(path);
        try {
            return new FrameReader(f);
        } catch (SxiException e) {
            f.close();
            throw e;
        }
    }

    private int[] offsets() {
        List<String> names = List.of("TIME", "FRAMENUM", "CCD_ID", "SEGMENT", "READNODE", "FRAMETYPE", "PIXELS");
        List<ColumnType> types = List.of(ColumnType.DOUBLE, ColumnType.INT, ColumnType.BYTE, ColumnType.BYTE,
                ColumnType.BYTE, ColumnType.BYTE, ColumnType.SHORT);
        int[] out = new int[names.size()];
        for (int n = 0; n < out.length; n++) {
            Column c = schema.find(names.get(n)).orElse(null);
            if (c == null || c.type() != types.get(n)) {
                throw SxiException.data(c == null ? "column is missing" : "column has the wrong type").in(file.path())
                        .hdu(hdu.name()).column(names.get(n)).value(c == null ? "absent" : c.format())
                        .limit("type " + types.get(n).code()).todo("write the frame file as specified").build();
            }
            out[n] = schema.columns().stream().limit(schema.indexOf(c.name())).mapToInt(Column::bytes).sum();
        }
        return out;
    }

    private void checkPixels() {
        Column c = schema.column("PIXELS");
        FrameGeometry g = header.geometry();
        String wanted = "(" + g.width() + "," + g.height() + ")";
        String dim = String.valueOf(c.keywords().getOrDefault("TDIM", "absent")).replace(" ", "");
        if (!dim.equals(wanted) || c.repeat() != g.pixels()) {
            throw SxiException.data("shape of the frames does not match the geometry keywords").in(file.path())
                    .hdu(hdu.name()).column("PIXELS").value("TDIM " + dim + ", " + c.repeat() + " pixels")
                    .limit(wanted).todo("repair TDIM, TFORM or HUCLEGTH, HOCLEGTH, VUCHEGHT, IMGHEGHT, VOCHEGHT")
                    .build();
        }
        if (c.zero() != SegmentFrame.ZERO) {
            throw SxiException.data("pixels are not unsigned 16-bit").in(file.path()).hdu(hdu.name()).column("PIXELS")
                    .value("TZERO " + c.zero()).limit(SegmentFrame.ZERO).todo("write the frame file as specified")
                    .build();
        }
    }

    /** The file. */
    public Path path() {
        return file.path();
    }

    /** Typed header. */
    public FrameHeader header() {
        return header;
    }

    /** All keywords of FRAMES. */
    public Keywords keywords() {
        return hdu.keywords();
    }

    /** Keywords of the primary header. */
    public Keywords primary() {
        return file.primary().keywords();
    }

    /** Number of complete rows. */
    public long rows() {
        return hdu.rows();
    }

    /** Bytes of a row, the size of a buffer for {@link #read}. */
    public int rowBytes() {
        return hdu.rowBytes();
    }

    /**
     * Reads a row into a reusable buffer; the frame's pixels are a view of it.
     *
     * @param row from 0
     * @param buffer of {@link #rowBytes()} bytes, big-endian; direct memory is fastest
     */
    public SegmentFrame read(long row, ByteBuffer buffer) {
        ByteBuffer b = buffer.clear();
        file.readData(hdu, row * hdu.rowBytes(), b);
        return frame(row, b);
    }

    /** Reads only what stands before and after the pixels: time, number, CCD, segment, node, type; pixels are empty. */
    public SegmentFrame readIndex(long row) {
        int head = offsets[6];
        ByteBuffer b = ByteBuffer.allocate(head);
        for (int i = 0; i < 6; i++) {
            if (offsets[i] > head) {
                return read(row, ByteBuffer.allocate(hdu.rowBytes()));
            }
        }
        file.readData(hdu, row * hdu.rowBytes(), b);
        return frame(row, b);
    }

    private SegmentFrame frame(long row, ByteBuffer b) {
        int ccd = b.get(offsets[2]) & 0xff;
        int segment = b.get(offsets[3]) & 0xff;
        int node = b.get(offsets[4]) & 0xff;
        int type = b.get(offsets[5]) & 0xff;
        if (ccd >= Sxi.CCDS || segment >= Sxi.SEGMENTS || node > 1) {
            throw bad(row, "CCD_ID", "no such CCD, segment or node", ccd + "/" + segment + "/" + node,
                    "0..3/0..1/0..1");
        }
        double time = b.getDouble(offsets[0]);
        if (!Double.isFinite(time)) {
            throw bad(row, "TIME", "frame has no time", time, "a finite number");
        }
        FrameType frameType = FrameType.ofCode(type)
                .orElseThrow(() -> bad(row, "FRAMETYPE", "frame type is not known", type, "0..3"));
        MemorySegment pixels = b.limit() > offsets[6]
                ? MemorySegment.ofBuffer(b.slice(offsets[6], 2 * header.geometry().pixels()))
                : MemorySegment.ofArray(new byte[0]);
        return new SegmentFrame(row, time, b.getInt(offsets[1]), ccd, segment, node, frameType, pixels);
    }

    private SxiException bad(long row, String column, String what, Object value, Object limit) {
        return SxiException.data(what).in(file.path()).hdu(hdu.name()).row(row + 1).column(column).value(value)
                .limit(limit).todo("repair or remove the row").build();
    }

    @Override
    public void close() {
        file.close();
    }
}
