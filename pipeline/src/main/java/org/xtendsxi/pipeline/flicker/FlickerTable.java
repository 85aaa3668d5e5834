// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flicker;

import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;

/** The table PIXELS of a file of flickering pixels (section 10.4). */
public final class FlickerTable {
    private FlickerTable() {
    }

    /**
     * Appends the table.
     *
     * @param file open file
     * @param pixels rows
     * @param columns names of the columns searched
     * @param events columns of the event file; those of the coordinates keep their range and world coordinates
     * @param keywords keywords of the event file
     */
    public static void write(FitsWriter file, List<FlickerPixel> pixels, FlickerColumns columns, EventSchema events,
            Keywords keywords) {
        EventSchema schema = new EventSchema(List.of(
                Column.of("START", ColumnType.DOUBLE, 1).unit("s").text("start of the time searched"),
                Column.of("STOP", ColumnType.DOUBLE, 1).unit("s").text("end of the time searched"),
                Column.of(columns.chip(), ColumnType.BYTE, 1).text("CCD"),
                events.column(columns.x()), events.column(columns.y()),
                Column.of("COUNTS", ColumnType.INT, 1).unit("count").text("events on the pixel"),
                Column.of(columns.channel(), ColumnType.SHORT, 1).unit("chan").text("mean channel")));
        try (EventChunk t = EventChunk.allocate(schema, 0, pixels.size())) {
            t.put("START", pixels.stream().mapToDouble(FlickerPixel::start).toArray());
            t.put("STOP", pixels.stream().mapToDouble(FlickerPixel::stop).toArray());
            t.put(columns.chip(), pixels.stream().mapToInt(FlickerPixel::chip).toArray());
            t.put(columns.x(), pixels.stream().mapToInt(FlickerPixel::x).toArray());
            t.put(columns.y(), pixels.stream().mapToInt(FlickerPixel::y).toArray());
            t.put("COUNTS", pixels.stream().mapToInt(FlickerPixel::counts).toArray());
            t.put(columns.channel(), pixels.stream().mapToInt(FlickerPixel::channel).toArray());
            file.table("PIXELS", t, keywords);
        }
    }
}
