// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.pipeline.frames.DarkMaps;

/** The list of hot pixels of an observation (extension HOTPIX, events-coords-screening section 9.6). */
final class HotPixelFile {
    private static final EventSchema SCHEMA = new EventSchema(List.of(EventColumns.TIME.text("start of the frames"),
            EventColumns.CCD_ID, EventColumns.ACTX, EventColumns.ACTY,
            Column.of("LEVEL", ColumnType.DOUBLE, 1).unit("adu").text("dark level")));

    private HotPixelFile() {
    }

    /**
     * Writes the list.
     *
     * @param time time from which it holds, s
     * @param keywords observation keywords
     */
    static void write(Path path, List<DarkMaps.HotPixel> pixels, double time, Keywords keywords) {
        double[] times = new double[pixels.size()];
        Arrays.fill(times, time);
        Keywords k = timeless(keywords);
        try (FitsWriter w = FitsWriter.create(path); EventChunk t = EventChunk.allocate(SCHEMA, 0, pixels.size())) {
            t.put("TIME", times);
            t.put("CCD_ID", pixels.stream().mapToInt(DarkMaps.HotPixel::ccdId).toArray());
            t.put("ACTX", pixels.stream().mapToInt(DarkMaps.HotPixel::actX).toArray());
            t.put("ACTY", pixels.stream().mapToInt(DarkMaps.HotPixel::actY).toArray());
            t.put("LEVEL", pixels.stream().mapToDouble(DarkMaps.HotPixel::level).toArray());
            w.primary(k);
            w.table("HOTPIX", t, k);
            w.commit();
        }
    }

    /** Observation keywords without those of times and exposure, which are not known before the frames are read. */
    static Keywords timeless(Keywords keywords) {
        Keywords k = keywords.observation().withoutCommentary();
        List.of("TSTART", "TSTOP", "TELAPSE", "ONTIME", "LIVETIME", "EXPOSURE", "DATE-OBS", "DATE-END", "HDUCLASS",
                "HDUCLAS1").forEach(k::remove);
        return k;
    }
}
