// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.pulls;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.Pulls;
import org.xtendsxi.pipeline.bench.EventMaker;

/**
 * An event list of eight segments, each a camera of its own, so that a list holds eight experiments.
 *
 * @param segments by 2*CCD_ID + SEGMENT
 * @param pulses what the source sends to each of them
 * @param events events of all segments
 * @param seconds length of the observation
 * @param seed seed
 */
record CameraEvents(List<Camera> segments, List<Source> pulses, int events, double seconds, long seed) {
    /** Segments of a list. */
    static final int SEGMENTS = 8;
    /** Start of the observation, s. */
    static final double START = 2.4e8;
    private static final EventSchema SCHEMA = new EventSchema(List.of(EventColumns.TIME, EventColumns.CCD_ID,
            EventColumns.SEGMENT, EventColumns.READNODE, EventColumns.ADCAVE, EventColumns.RAWX, EventColumns.RAWY,
            EventColumns.ACTX, EventColumns.ACTY, EventColumns.P_OUTER_MOST, EventColumns.PHAS, EventColumns.PHAS_MASK,
            EventColumns.PHA, EventColumns.PI, EventColumns.GRADE, EventColumns.STATUS, EventColumns.PROC_STATUS));
    private static final int CHUNK = 16384;

    /** Pulse heights of photons. */
    interface Source {
        /**
         * The next photon.
         *
         * @param time s since the start
         * @return pulse height of all charge, channels
         */
        double next(double time, RandomGenerator random);
    }

    /** The same camera and source on all segments. */
    static CameraEvents alike(Camera camera, Source source, int events, long seed) {
        return new CameraEvents(Segments.all(s -> camera), Segments.all(s -> source), events, 40_000, seed);
    }

    /** {@link SegmentRow} of a segment of a list. */
    static int row(int segment) {
        return SegmentRow.of(segment / 2, segment % 2, segment % 2);
    }

    /** Temperature of the video boards, C, which swings once over the observation. */
    double temperature(double time) {
        return 18 + 3 * Math.sin(2 * Math.PI * time / seconds);
    }

    /** Keywords of an observation of this length. */
    Keywords keywords() {
        return EventMaker.keywords(events).set("TSTART", START, "[s] start").set("TSTOP", START + seconds, "[s] stop");
    }

    /** Writes the list. */
    Path write(Path file) {
        RandomGenerator random = Pulls.random(seed);
        Keywords k = keywords();
        try (FitsWriter f = FitsWriter.create(file)) {
            f.primary(k);
            try (TableWriter table = f.table("EVENTS", SCHEMA, k)) {
                for (int first = 0; first < events; first += CHUNK) {
                    try (EventChunk c = EventChunk.allocate(SCHEMA, first, Math.min(CHUNK, events - first))) {
                        fill(c, random);
                        table.accept(c);
                    }
                }
                table.finish();
            }
            f.commit();
        }
        return file;
    }

    private void fill(EventChunk c, RandomGenerator random) {
        int n = c.rows();
        double[] time = new double[n];
        int[][] v = new int[6][n];
        short[] phas = new short[n * Camera.PIXELS];
        double[] pixels = new double[Camera.PIXELS];
        for (int i = 0; i < n; i++) {
            double t = seconds * (c.firstRow() + i + 0.5) / events;
            int s = random.nextInt(SEGMENTS);
            int rawX = random.nextInt(1, 319);
            int y = row(random);
            segments.get(s).expose(pulses.get(s).next(t, random), rawX, y, temperature(t), random, pixels);
            for (int p = 0; p < Camera.PIXELS; p++) {
                phas[i * Camera.PIXELS + p] = (short) Math.floor(pixels[p]);
            }
            time[i] = START + t;
            v[0][i] = s / 2;
            v[1][i] = s % 2;
            v[2][i] = rawX;
            v[3][i] = y - 1;
            v[4][i] = ReadNode.actX(s % 2, s % 2, rawX);
            v[5][i] = y;
        }
        c.put("TIME", time);
        c.put("CCD_ID", v[0]);
        c.put("SEGMENT", v[1]);
        c.put("READNODE", v[1]);
        c.put("RAWX", v[2]);
        c.put("RAWY", v[3]);
        c.put("ACTX", v[4]);
        c.put("ACTY", v[5]);
        c.put("PHAS", phas);
        for (String zero : List.of("ADCAVE", "PHA", "PI", "GRADE")) {
            c.put(zero, new int[n]);
        }
        c.put("STATUS", new long[n]);
        c.put("PROC_STATUS", new long[n]);
    }

    /** A row that is not beside an injected one, where no events are taken. */
    private static int row(RandomGenerator random) {
        while (true) {
            int y = random.nextInt(3, 639);
            int d = Math.floorMod(y - TransferLoss.OFFSET, TransferLoss.PERIOD);
            if (d > 1 && d < TransferLoss.PERIOD - 1) {
                return y;
            }
        }
    }

    /** Lists with an element for each segment. */
    static final class Segments {
        private Segments() {
        }

        static <T> List<T> all(java.util.function.IntFunction<T> of) {
            return java.util.stream.IntStream.range(0, SEGMENTS).mapToObj(of).toList();
        }
    }

    /** Housekeeping with the temperatures. */
    Path writeTemperatures(Path file) {
        int rows = (int) (seconds / 4) + 3;
        try (FitsWriter f = FitsWriter.create(file); EventChunk hk = EventMaker.temperatures(250L * (rows - 3))) {
            double[] time = new double[hk.rows()];
            Arrays.setAll(time, i -> START + 4 * (i - 1.0));
            hk.put("TIME", time);
            double[] vt = Arrays.stream(time).map(t -> temperature(t - START)).toArray();
            hk.schema().columns().stream().filter(x -> !x.name().equals("TIME")).forEach(x -> hk.put(x.name(), vt));
            f.primary(keywords());
            f.table(org.xtendsxi.caldb.housekeeping.VideoTemperature.Location.ARCHIVE.extension(), hk, keywords()
                    .set("TSTART", time[0], "[s] start").set("TSTOP", time[time.length - 1], "[s] stop"));
            f.commit();
        }
        return file;
    }
}
