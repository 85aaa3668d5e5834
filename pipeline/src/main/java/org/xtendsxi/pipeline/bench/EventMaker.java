// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/**
 * Unfiltered events without physics, only to be timed: uniform on four CCDs, single and split, in frames of 4 s. They
 * have the 38 columns (221 bytes) of the archive. Event i is a function of i alone.
 */
public final class EventMaker {
    /** Columns of the archive, in its order. */
    public static final EventSchema SCHEMA = new EventSchema(archive());
    private static final double START = 2.4e8;
    private static final double FRAME = 4;
    private static final int PER_FRAME = 250;
    private static final int CHUNK = 16384;
    private static final int INNER = 9;
    private static final int OUTER = 16;

    private EventMaker() {
    }

    private static List<Column> archive() {
        List<Column> all = new ArrayList<>(List.of(EventColumns.TIME));
        all.add(Column.of("S_TIME", ColumnType.DOUBLE, 1).unit("s"));
        all.add(Column.of("S_TIME5X5", ColumnType.DOUBLE, 1).unit("s"));
        all.add(Column.of("ADU_CNT", ColumnType.SHORT, 1).nullValue(Short.MIN_VALUE));
        all.add(Column.of("ADU_CNT5X5", ColumnType.SHORT, 1).nullValue(Short.MIN_VALUE));
        all.add(Column.of("CATEGORY", ColumnType.BYTE, 1).nullValue(255));
        all.add(Column.of("CATEGORY5X5", ColumnType.BYTE, 1).nullValue(255));
        for (String name : List.of("L32TI", "L32TI5X5", "SEQSTARTTIME")) {
            all.add(Column.of(name, ColumnType.INT, 1).signFlipped());
        }
        all.addAll(List.of(EventColumns.CCD_ID, EventColumns.SEGMENT, EventColumns.EVENTNUMBER,
                EventColumns.EVENTNUMBER.named("EVENTNUMBER5X5"), EventColumns.READNODE, EventColumns.ADCAVE,
                EventColumns.RAWX, EventColumns.RAWY, EventColumns.ACTX, EventColumns.ACTY, EventColumns.DETX,
                EventColumns.DETY, EventColumns.FOCX, EventColumns.FOCY, EventColumns.X, EventColumns.Y,
                EventColumns.PHAS_INNER3X3, EventColumns.PHAS_OUTER5X5, EventColumns.P_OUTER_MOST,
                EventColumns.SUM_OUTER_MOST, EventColumns.PHAS, EventColumns.PHASALL, EventColumns.PHAS_MASK,
                EventColumns.PHA, EventColumns.PI, EventColumns.GRADE, EventColumns.STATUS,
                EventColumns.PROC_STATUS));
        return all;
    }

    /** Rows first..first+n-1 in the columns of a schema. */
    public static EventChunk chunk(EventSchema schema, long first, int n) {
        EventChunk chunk = EventChunk.allocate(schema, first, n);
        double[] time = new double[n];
        int[][] key = new int[7][n];
        short[] inner = new short[n * INNER];
        short[] outer = new short[n * OUTER];
        for (int i = 0; i < n; i++) {
            SplittableRandom random = new SplittableRandom(first + i);
            time[i] = START + FRAME * ((first + i) / PER_FRAME);
            key[0][i] = random.nextInt(4);
            key[1][i] = random.nextInt(2);
            key[2][i] = key[1][i];
            key[3][i] = random.nextInt(1, 319);
            key[4][i] = random.nextInt(1, 639);
            key[5][i] = (int) (first + i);
            for (int k = 0; k < INNER; k++) {
                inner[i * INNER + k] = (short) random.nextInt(-4, 5);
            }
            for (int k = 0; k < OUTER; k++) {
                outer[i * OUTER + k] = (short) random.nextInt(-4, 5);
            }
            int sum = random.nextInt(60, 3000);
            int split = random.nextInt(3) == 0 ? sum * random.nextInt(40) / 100 : 0;
            inner[i * INNER] += (short) (sum - split);
            inner[i * INNER + random.nextInt(1, INNER)] += (short) split;
        }
        List<String> names = List.of("CCD_ID", "SEGMENT", "READNODE", "RAWX", "RAWY", "EVENTNUMBER",
                "ADCAVE");
        chunk.put("TIME", time);
        for (int k = 0; k < names.size(); k++) {
            if (chunk.has(names.get(k))) {
                chunk.put(names.get(k), key[k]);
            }
        }
        if (chunk.has("PHAS_OUTER5X5")) {
            chunk.put("PHAS_INNER3X3", inner);
            chunk.put("PHAS_OUTER5X5", outer);
        }
        return chunk;
    }

    /** Keywords of EVENTS: full window, charge injection, all CCDs. */
    public static Keywords keywords(long events) {
        Keywords k = new Keywords();
        k.set("TELESCOP", "XRISM", "mission").set("INSTRUME", "XTEND", "instrument").set("DETNAM", "CCD", "CCDs")
                .set("DATAMODE", "WINDOW1", "data mode").set("OBJECT", "SPEED TEST", "no sky")
                .set("TSTART", START, "[s] start").set("TSTOP", stop(events), "[s] stop")
                .set("MJDREFI", 58484, "reference day").set("MJDREFF", 0.0008007407407407407, "its fraction")
                .set("TIMESYS", "TT", "time system").set("TIMEUNIT", "s", "unit").set("TIMEZERO", 0.0, "[s]")
                .set("DATE-OBS", "2026-08-09T18:38:51", "start").set("RA_NOM", 83.633, "[deg]")
                .set("DEC_NOM", 22.0145, "[deg]").set("PA_NOM", 0.0, "[deg]").set("WIN_ST", 1, "first row")
                .set("WIN_SIZE", 640, "rows").set("CISTATUS", 1, "charge injection").set("CIPERIOD", 80, "rows")
                .set("CIOFFSET", 40, "rows").set("CIFIRST", 1, "row").set("ACTVNODE", "(0,1,0,1,0,1,0,1)", "nodes")
                .set("EVENTTHR", "(40,40,40,40,40,40,40,40)", "[chan]");
        for (String name : List.of("HUCLEGTH", "VUCHEGHT")) {
            k.set(name, "(8,8,8,8,8,8,8,8)", "underclock");
        }
        k.set("WINOPT", 0, "window option").set("IMGHEGHT", "(640,640,640,640,640,640,640,640)", "rows");
        for (int s = 0; s < 8; s++) {
            String stem = "C" + s / 2 + "S" + s % 2;
            k.set(stem + "ARON", "(1,0,0,0,0)", "areas").set(stem + "ARIN", "(0,319,0,639)", "inclusion")
                    .set(stem + "AROU", "(0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0)", "exclusions");
        }
        return k;
    }

    private static double stop(long events) {
        return START + FRAME * (events / PER_FRAME + 1);
    }

    /** Live time of the frames, one interval each as in a mode GTI. */
    static GtiList goodTime(long events) {
        List<Gti> frames = new ArrayList<>();
        for (double t = START; t < stop(events); t += FRAME) {
            frames.add(new Gti(t, t + DataMode.WINDOW1.timing().timeDel()));
        }
        return GtiList.of(frames);
    }

    /** Video temperatures every 4 s, all boards alike. */
    public static EventChunk temperatures(long events) {
        List<Column> columns = new ArrayList<>(List.of(EventColumns.TIME));
        for (String board : List.of("MIO1_VT_A", "MIO1_VT_B", "MIO2_VT_A", "MIO2_VT_B")) {
            columns.add(Column.of("SXI_USR_HKTBL_" + board + "_CAL", ColumnType.DOUBLE, 1).unit("C"));
        }
        int n = (int) (events / PER_FRAME) + 3;
        EventChunk hk = EventChunk.allocate(new EventSchema(columns), 0, n);
        double[] time = new double[n];
        double[] value = new double[n];
        for (int i = 0; i < n; i++) {
            time[i] = START + FRAME * (i - 1);
            value[i] = 15 + Math.sin(i / 50.0);
        }
        columns.forEach(c -> hk.put(c.name(), c == EventColumns.TIME ? time : value));
        return hk;
    }

    /**
     * Writes an event file and its housekeeping file.
     *
     * @param out event file; the housekeeping file beside it has the same name with {@code .hk} appended
     * @param events number of events, below 2^31
     * @return the housekeeping file
     */
    public static Path write(Path out, int events) {
        try (FitsWriter f = FitsWriter.create(out)) {
            f.primary(keywords(events));
            try (TableWriter table = f.table("EVENTS", SCHEMA, keywords(events))) {
                for (int first = 0; first < events; first += CHUNK) {
                    try (EventChunk c = chunk(SCHEMA, first, Math.min(CHUNK, events - first))) {
                        table.accept(c);
                    }
                }
                table.finish();
            }
            GtiTable.write(f, "GTI", goodTime(events), keywords(events));
            f.commit();
        }
        Path hk = out.resolveSibling(out.getFileName() + ".hk");
        try (FitsWriter f = FitsWriter.create(hk); EventChunk rows = temperatures(events)) {
            f.primary(keywords(events));
            f.table(VideoTemperature.Location.ARCHIVE.extension(), rows, keywords(events));
            f.commit();
        }
        return hk;
    }
}
