// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import java.util.List;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.HeapTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;

/** The tables MATRIX and EBOUNDS of an OGIP response file (energy-chain section 12.7). */
final class ResponseFile {
    private static final String KEV = "keV";
    private final Channels channels;
    private final double threshold;
    private final Keywords observation;

    /**
     * A file to be written.
     *
     * @param channels output channels
     * @param threshold lowest probability kept
     * @param observation keywords of the spectrum: TELESCOP, INSTRUME, DATE-OBS, CISTATUS
     */
    ResponseFile(Channels channels, double threshold, Keywords observation) {
        this.channels = channels;
        this.threshold = threshold;
        this.observation = observation;
    }

    /** Writes both tables. */
    void write(FitsWriter w, EnergyGrid grid, Response response, String history) {
        w.primary(new Keywords());
        HeapTable t = new HeapTable(List.of(
                one("ENERG_LO", ColumnType.FLOAT, KEV, "lower edge of the energy bin"),
                one("ENERG_HI", ColumnType.FLOAT, KEV, "upper edge of the energy bin"),
                one("N_GRP", ColumnType.SHORT, "", "groups of channels"),
                HeapTable.Field.many(Column.of("F_CHAN", ColumnType.INT, 1).range(0, channels.count() - 1L)
                        .text("first channel of each group")),
                HeapTable.Field.many(Column.of("N_CHAN", ColumnType.INT, 1).text("channels of each group")),
                HeapTable.Field.many(Column.of("MATRIX", ColumnType.FLOAT, 1).text("probabilities of the channels"))));
        long groups = 0;
        long elements = 0;
        for (int i = 0; i < grid.size(); i++) {
            double[] row = response.row(grid.centre(i));
            Groups g = Groups.of(row, threshold);
            t.row(new double[] {grid.low(i)}, new double[] {grid.high(i)}, new double[] {g.size()}, reals(g.first()),
                    reals(g.count()), g.values(row));
            groups += g.size();
            elements += g.elements();
        }
        Keywords k = keywords("RSP_MATRIX", "MATRIX", "redistribution matrix of the CCDs")
                .set("HDUCLAS3", "REDIST", "no effective area").set("HDUVERS", "1.3.0", "")
                .set("LO_THRES", threshold, "lowest probability kept")
                .set("NUMGRP", groups, "groups in all rows").set("NUMELT", elements, "elements in all rows")
                .set("CBD10001", "CHAN(0-" + (channels.count() - 1) + ")", "")
                .set("CBD20001", "CISTATUS(" + observation.needInteger("CISTATUS") + ")", "");
        if (!history.isEmpty()) {
            k.addHistory(history);
        }
        w.table("MATRIX", t, k);
        bounds(w);
    }

    private static HeapTable.Field one(String name, ColumnType type, String unit, String text) {
        return HeapTable.Field.one(Column.of(name, type, 1).unit(unit).text(text));
    }

    private static double[] reals(int[] v) {
        return IntStream.of(v).asDoubleStream().toArray();
    }

    private void bounds(FitsWriter w) {
        int n = channels.count();
        EventSchema schema = new EventSchema(List.of(
                Column.of("CHANNEL", ColumnType.INT, 1).range(0, n - 1L).text("channel"),
                Column.of("E_MIN", ColumnType.FLOAT, 1).unit(KEV).text("lower edge"),
                Column.of("E_MAX", ColumnType.FLOAT, 1).unit(KEV).text("upper edge")));
        Keywords k = keywords("EBOUNDS", "EBOUNDS", "energies of the channels").set("HDUVERS", "1.2.0", "")
                .set("CISTATUS", observation.needInteger("CISTATUS"), "charge injection: 1 on, 0 off");
        try (EventChunk t = EventChunk.allocate(schema, 0, n)) {
            t.put("CHANNEL", IntStream.range(0, n).toArray());
            t.put("E_MIN", IntStream.range(0, n).mapToDouble(channels::writtenLow).toArray());
            t.put("E_MAX", IntStream.range(0, n).mapToDouble(channels::high).toArray());
            w.table("EBOUNDS", t, k);
        }
    }

    private Keywords keywords(String hduClass, String content, String text) {
        String[] date = observation.needText("DATE-OBS").strip().split("T", -1);
        if (date.length != 2) {
            throw observation.at(SxiException.data("DATE-OBS has no time"), "DATE-OBS")
                    .value(observation.needText("DATE-OBS")).limit("yyyy-mm-ddThh:mm:ss").todo("repair the header")
                    .build();
        }
        return new Keywords().take(observation, "TELESCOP", "INSTRUME").set("DETNAM", "PIXEL", "detector")
                .set("FILTER", "", "no filter").set("CHANTYPE", "PI", "corrected for gain")
                .set("DETCHANS", channels.count(), "channels").set("HDUCLASS", "OGIP", "")
                .set("HDUCLAS1", "RESPONSE", "").set("HDUCLAS2", hduClass, "").set("HDUVERS1", "1.1.0", "")
                .set("HDUVERS2", "1.2.0", "").set("RMFVERSN", "1992a", "").set("CCLS0001", "CPF", "")
                .set("CCNM0001", content, "").set("CDTP0001", "DATA", "")
                .set("CVSD0001", date[0], "date of the observation").set("CVST0001", date[1], "time of the observation")
                .set("CDES0001", text, "").set("CREATOR", Software.creator(), "")
                .set("DATE", RunClock.fitsDate(), "written");
    }
}
