// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.golden;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.attitude.Attitude;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.Widened;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.pixel.CcdPixel;
import org.xtendsxi.caldb.pixel.PixelMask;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.pipeline.coordinates.Aberration;
import org.xtendsxi.pipeline.coordinates.CoordinateChain;
import org.xtendsxi.pipeline.coordinates.CoordinateOptions;
import org.xtendsxi.pipeline.coordinates.SkyCentre;
import org.xtendsxi.pipeline.coordinates.SkyProjection;

/** The compact golden files (see ORIGIN.md beside them). */
public final class Golden {
    private Golden() {
    }

    /** A file by name, without {@code .fits.gz}. */
    public static Path file(String name) {
        return resource(name + ".fits.gz");
    }

    /** Any file. */
    public static Path resource(String name) {
        try {
            return Path.of(Golden.class.getResource("/golden/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Columns that make a table of a case an event table for our steps. */
    public static final List<Column> WORK = List.of(EventColumns.ACTX, EventColumns.ACTY, EventColumns.DETX,
            EventColumns.DETY, EventColumns.FOCX, EventColumns.FOCY, EventColumns.X, EventColumns.Y,
            EventColumns.PHAS, EventColumns.PHAS_MASK, EventColumns.STATUS);

    /** Keywords of the events of a case. */
    public static Keywords header(String name) {
        try (FitsReader f = FitsReader.open(file(name))) {
            return f.need("EVENTS").keywords();
        }
    }

    /** The events of a case in chunks, with further columns, null. */
    public static List<EventChunk> events(String name, int chunkRows, List<Column> more) {
        List<EventChunk> all = new ArrayList<>();
        try (FitsReader f = FitsReader.open(file(name))) {
            var table = f.table(f.need("EVENTS"), chunkRows);
            List<Column> missing = more.stream().filter(c -> !table.schema().has(c.name())).toList();
            var source = Widened.of(table, table.schema().with(missing));
            for (Optional<EventChunk> c = source.next(); c.isPresent(); c = source.next()) {
                all.add(c.get());
            }
        }
        return all;
    }

    /** The TelDef of all cases. */
    public static TelDef telDef() {
        return TelDef.load(file("teldef"));
    }

    /** The mask of all cases; DETX and DETY by the TelDef. */
    public static PixelMask mask() {
        double[] v;
        try (FitsReader f = FitsReader.open(file("mask_value"))) {
            v = Image.read(f, f.primary()).values();
        }
        int[] pixel = new int[CcdPixel.ALL];
        int[] det = new int[CcdPixel.ALL];
        byte[] value = new byte[CcdPixel.ALL];
        Arrays.setAll(pixel, i -> i);
        for (int i = 0; i < v.length; i++) {
            value[i] = (byte) v[i];
        }
        TelDef t = telDef();
        EventSchema schema = new EventSchema(List.of(Column.of("CCD_ID", ColumnType.BYTE, 1), EventColumns.ACTX,
                EventColumns.ACTY, EventColumns.DETX, EventColumns.DETY));
        try (EventChunk c = EventChunk.allocate(schema, 0, CcdPixel.ALL)) {
            c.put("CCD_ID", Arrays.stream(pixel).map(i -> i / CcdPixel.PER_CCD).toArray());
            c.put("ACTX", Arrays.stream(pixel).map(i -> i % CcdPixel.PER_CCD / Sxi.ACT_SIZE + 1).toArray());
            c.put("ACTY", Arrays.stream(pixel).map(i -> i % Sxi.ACT_SIZE + 1).toArray());
            new CoordinateChain(t, Attitude.fixed(t.toSky().alignment()),
                    new SkyProjection(t, new SkyCentre(0, 0, 0), Aberration.NONE),
                    new CoordinateOptions(1, 2, false, false, false, "TIME"), Optional.empty(), schema,
                    new Keywords()).process(c);
            int[] x = c.ints("DETX");
            int[] y = c.ints("DETY");
            Arrays.setAll(det, i -> (y[i] - 1) * Sxi.DET_SIZE + x[i] - 1);
        }
        return PixelMask.of(pixel, det, value);
    }
}
