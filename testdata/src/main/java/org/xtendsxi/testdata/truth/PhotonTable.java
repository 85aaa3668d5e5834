// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.testdata.frames.PhotonRecord;

/** Table PHOTONS of the truth: every photon that is in a frame, in order of TIME. */
public final class PhotonTable implements AutoCloseable {
    /** EXTNAME. */
    public static final String NAME = "PHOTONS";
    private static final EventSchema SCHEMA = new EventSchema(List.of(
            EventColumns.TIME.text("TIME that the event must have"),
            Column.of("ARRIVAL", ColumnType.DOUBLE, 1).unit("s").text("true time of arrival"),
            Column.of("FRAMENUM", ColumnType.INT, 1).text("cycle"), EventColumns.CCD_ID, EventColumns.SEGMENT,
            EventColumns.RAWX, EventColumns.RAWY,
            Column.of("TRUEX", ColumnType.DOUBLE, 1).unit("pixel").text("true ACTX"),
            Column.of("TRUEY", ColumnType.DOUBLE, 1).unit("pixel").text("true ACTY"),
            Column.of("ENERGY", ColumnType.DOUBLE, 1).unit("eV").text("true energy"),
            Column.of("ELECTRONS", ColumnType.DOUBLE, 1).text("charge set free"),
            Column.of("SOURCE", ColumnType.BYTE, 1).text("1 CAL 2 POINT 3 CLUSTER 4 BACKGROUND 5 GROUND")));

    private final FitsWriter file;
    private final TableWriter table;

    /** Starts the table. */
    public PhotonTable(Path path, Keywords keywords) {
        this.file = FitsWriter.create(path);
        file.primary(keywords);
        this.table = file.table(NAME, SCHEMA, keywords);
    }

    /** Appends photons. */
    public void accept(List<PhotonRecord> photons) {
        try (EventChunk c = EventChunk.allocate(SCHEMA, table.rows(), photons.size())) {
            reals(c, "TIME", photons, PhotonRecord::eventTime);
            reals(c, "ARRIVAL", photons, PhotonRecord::arrival);
            whole(c, "FRAMENUM", photons, PhotonRecord::frame);
            whole(c, "CCD_ID", photons, p -> p.photon().ccdId());
            whole(c, "SEGMENT", photons, PhotonRecord::segment);
            whole(c, "RAWX", photons, PhotonRecord::rawX);
            whole(c, "RAWY", photons, PhotonRecord::rawY);
            reals(c, "TRUEX", photons, p -> p.photon().actX());
            reals(c, "TRUEY", photons, p -> p.photon().actY());
            reals(c, "ENERGY", photons, p -> p.photon().energy());
            reals(c, "ELECTRONS", photons, PhotonRecord::electrons);
            whole(c, "SOURCE", photons, p -> p.photon().source().code());
            table.accept(c);
        }
    }

    private static void reals(EventChunk c, String name, List<PhotonRecord> p, ToDoubleFunction<PhotonRecord> value) {
        c.put(name, p.stream().mapToDouble(value).toArray());
    }

    private static void whole(EventChunk c, String name, List<PhotonRecord> p, ToIntFunction<PhotonRecord> value) {
        c.put(name, p.stream().mapToInt(value).toArray());
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
