// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.testdata.readout.HotPixel;
import org.xtendsxi.testdata.readout.SegmentReadout;

/** Truth of the read-out: bias of every ASIC, hot pixels, and one image of the dark level per segment. */
public final class LevelFile {
    private static final EventSchema BIAS = new EventSchema(List.of(EventColumns.CCD_ID, EventColumns.SEGMENT,
            EventColumns.READNODE, level("BIAS_EVEN", "bias of even RAWX"), level("BIAS_ODD", "bias of odd RAWX")));
    private static final EventSchema HOT = new EventSchema(List.of(EventColumns.CCD_ID, EventColumns.ACTX,
            EventColumns.ACTY, level("LEVEL", "mean level above the neighbours")));

    private LevelFile() {
    }

    private static Column level(String name, String text) {
        return Column.of(name, ColumnType.DOUBLE, 1).unit("adu").text(text);
    }

    /** Reads the hot pixels back. */
    public static List<HotPixel> hotPixels(Path path) {
        try (FitsReader f = FitsReader.open(path); EventChunk t = f.whole(f.need("HOTPIX"))) {
            int[] ccd = t.ints("CCD_ID");
            int[] x = t.ints("ACTX");
            int[] y = t.ints("ACTY");
            double[] level = t.doubles("LEVEL");
            return IntStream.range(0, level.length).mapToObj(i -> new HotPixel(ccd[i], x[i], y[i], level[i])).toList();
        }
    }

    /** Writes the file. */
    public static void write(Path path, List<SegmentReadout> readouts, int width, int height, Keywords keywords) {
        try (FitsWriter w = FitsWriter.create(path)) {
            w.primary(keywords);
            try (EventChunk t = EventChunk.allocate(BIAS, 0, readouts.size())) {
                t.put("CCD_ID", readouts.stream().mapToInt(SegmentReadout::ccdId).toArray());
                t.put("SEGMENT", readouts.stream().mapToInt(SegmentReadout::segment).toArray());
                t.put("READNODE", readouts.stream().mapToInt(SegmentReadout::node).toArray());
                t.put("BIAS_EVEN", readouts.stream().mapToDouble(r -> r.pedestal().bias(0)).toArray());
                t.put("BIAS_ODD", readouts.stream().mapToDouble(r -> r.pedestal().bias(1)).toArray());
                w.table("BIAS", t, keywords);
            }
            List<HotPixel> hot = readouts.stream().flatMap(r -> r.hotPixels().stream()).toList();
            try (EventChunk t = EventChunk.allocate(HOT, 0, hot.size())) {
                t.put("CCD_ID", hot.stream().mapToInt(HotPixel::ccdId).toArray());
                t.put("ACTX", hot.stream().mapToInt(HotPixel::actX).toArray());
                t.put("ACTY", hot.stream().mapToInt(HotPixel::actY).toArray());
                t.put("LEVEL", hot.stream().mapToDouble(HotPixel::level).toArray());
                w.table("HOTPIX", t, keywords);
            }
            for (SegmentReadout r : readouts) {
                Keywords k = keywords.copy().set("CCD_ID", r.ccdId(), "CCD").set("SEGMENT", r.segment(), "segment")
                        .set("READNODE", r.node(), "node").set("BUNIT", "adu", "dark level, RAWX and RAWY");
                w.image("DARK" + r.ccdId() + r.segment(), Image.floats(width, height, r.pedestal().dark()), k);
            }
            w.commit();
        }
    }
}
