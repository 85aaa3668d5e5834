// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.frame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableWriter;

/** Writes table FRAMES row by row; {@link #commit()} gives the file its name. */
public final class FrameWriter implements FrameSink, AutoCloseable {
    private final FitsWriter file;
    private final TableWriter table;
    private final FrameGeometry geometry;
    private final byte[] row;

    /**
     * Starts a frame file.
     *
     * @param path final name
     * @param header typed header
     * @param keywords observation keywords, for the primary header and the table
     */
    public FrameWriter(Path path, FrameHeader header, Keywords keywords) {
        this.geometry = header.geometry();
        EventSchema schema = schema(geometry);
        this.row = new byte[schema.rowBytes()];
        this.file = FitsWriter.create(path);
        file.primary(keywords);
        Keywords k = keywords.copy();
        header.write(k);
        this.table = file.table("FRAMES", schema, k);
    }

    /** Columns of table FRAMES. */
    public static EventSchema schema(FrameGeometry g) {
        return new EventSchema(List.of(
                Column.of("TIME", ColumnType.DOUBLE, 1).unit("s").text("start of the cycle"),
                Column.of("FRAMENUM", ColumnType.INT, 1).text("cycle number"),
                Column.of("CCD_ID", ColumnType.BYTE, 1).nullValue(255).range(0, 3).text("CCD"),
                Column.of("SEGMENT", ColumnType.BYTE, 1).nullValue(255).range(0, 1).text("segment"),
                Column.of("READNODE", ColumnType.BYTE, 1).nullValue(255).range(0, 1).text("node in use"),
                Column.of("FRAMETYPE", ColumnType.BYTE, 1).range(0, 3).text("1 raw, 3 dark"),
                Column.of("PIXELS", ColumnType.SHORT, g.pixels()).signFlipped().unit("adu")
                        .keyword("TDIM", "(" + g.width() + "," + g.height() + ")").text("pixels in readout order")));
    }

    /** Keywords of the table, which may be set until the end. */
    public Keywords keywords() {
        return table.keywords();
    }

    @Override
    public void accept(SegmentFrame f) {
        ByteBuffer b = ByteBuffer.wrap(row);
        b.putDouble(f.time()).putInt(f.number()).put((byte) f.ccdId()).put((byte) f.segment()).put((byte) f.readNode())
                .put((byte) f.type().code());
        MemorySegment.copy(f.pixels(), ValueLayout.JAVA_BYTE, 0, row, b.position(), 2 * geometry.pixels());
        table.acceptRows(row, 1);
    }

    /** Ends the table and gives the file its name. */
    public void commit() {
        table.finish();
        file.commit();
    }

    @Override
    public void close() {
        file.close();
    }
}
