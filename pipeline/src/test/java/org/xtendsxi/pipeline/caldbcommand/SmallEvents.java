// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/** An unfiltered event file of eight single-pixel events of 1000 channels, one per segment. */
final class SmallEvents {
    static final int ROWS = Sxi.ALL_SEGMENTS;
    private static final int PULSE = 1000;
    private static final double START = 160000000;
    private static final double STOP = START + 4 * ROWS;

    private SmallEvents() {
    }

    static Path write(Path file, String telescope, String instrument) {
        EventSchema schema = new EventSchema(EventColumns.raw()).with(List.of(EventColumns.PHAS, EventColumns.PHAS_MASK,
                EventColumns.STATUS, EventColumns.ACTX, EventColumns.ACTY, EventColumns.PHA, EventColumns.PI,
                EventColumns.GRADE));
        int[] inner = new int[9 * ROWS];
        int[] ccd = new int[ROWS];
        int[] segment = new int[ROWS];
        int[] node = new int[ROWS];
        int[] rawX = new int[ROWS];
        int[] actX = new int[ROWS];
        double[] time = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            inner[9 * i] = PULSE;
            ccd[i] = i / 2;
            segment[i] = i % 2;
            node[i] = i % 2;
            rawX[i] = 101;
            actX[i] = ReadNode.actX(segment[i], node[i], rawX[i]);
            time[i] = START + 4 * i;
        }
        int[] y = new int[ROWS];
        Arrays.fill(y, 320);
        try (FitsWriter w = FitsWriter.create(file); EventChunk t = EventChunk.allocate(schema, 0, ROWS)) {
            t.put("TIME", time);
            t.put("CCD_ID", ccd);
            t.put("SEGMENT", segment);
            t.put("READNODE", node);
            t.put("ADCAVE", new int[ROWS]);
            t.put("SUM_OUTER_MOST", new int[ROWS]);
            t.put("RAWX", rawX);
            t.put("RAWY", y);
            t.put("ACTX", actX);
            t.put("ACTY", y);
            t.put("PHAS_INNER3X3", inner);
            t.put("PHAS", inner);
            w.primary(header(telescope, instrument));
            w.table("EVENTS", t, header(telescope, instrument));
            GtiTable.write(w, "GTI", GtiList.of(List.of(new Gti(START, STOP))), header(telescope, instrument));
            w.commit();
        }
        return file;
    }

    private static Keywords header(String telescope, String instrument) {
        Keywords k = new Keywords().set("TELESCOP", telescope, "").set("INSTRUME", instrument, "")
                .set("DATAMODE", "WINDOW1", "").set("MJDREFI", 58484, "").set("MJDREFF", 0.000800740740741, "")
                .set("TSTART", START, "").set("TSTOP", STOP, "").set("TIMEDEL", 3.963136, "")
                .set("CISTATUS", 1, "").set("CIPERIOD", 80, "").set("CIOFFSET", 1, "").set("CIFIRST", 1, "")
                .set("WINOPT", 0, "")
                .set("WIN_ST", 1, "").set("WIN_SIZE", 640, "").set("RA_NOM", 83.6, "").set("DEC_NOM", 22.0, "")
                .set("PA_NOM", 0.0, "").set("ACTVNODE", "(0,1,0,1,0,1,0,1)", "");
        int[] same = new int[Sxi.ALL_SEGMENTS];
        for (String key : List.of("HUCLEGTH", "HOCLEGTH", "VUCHEGHT", "VOCHEGHT")) {
            Arrays.fill(same, 8);
            k.set(key, Keywords.tupleText(same), "");
        }
        Arrays.fill(same, 640);
        k.set("IMGHEGHT", Keywords.tupleText(same), "");
        Arrays.fill(same, 60);
        k.set("EVENTTHR", Keywords.tupleText(same), "");
        Arrays.fill(same, 15);
        return k.set("SPLITTHR", Keywords.tupleText(same), "");
    }
}
