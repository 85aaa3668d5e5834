// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.gti;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.FrameTiming;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/**
 * Good time from the EXPOSURE table, which has a row per segment frame (events-coords-screening section 11.5): per
 * segment the live time of its frames; of a data class the time in which all its segments were live (mode); the cycles
 * of which nothing was lost and no frame reached the limit of events (telemetry).
 */
public final class ExposureGti {
    private static final int CHUNK_ROWS = 16384;
    /** Gap that rounding may leave between two cycles, s. */
    private static final double ROUNDING = 1e-3;

    private final FrameTiming timing;
    private final SortedMap<Integer, List<Gti>> segments = new TreeMap<>();
    private final SortedMap<Integer, Integer> frames = new TreeMap<>();
    private final SortedMap<Double, Cycle> cycles = new TreeMap<>();

    /** What is known of a cycle: its segments as bits, and whether a frame was full. */
    private static final class Cycle {
        private int seen;
        private boolean full;
    }

    private ExposureGti(FrameTiming timing) {
        this.timing = timing;
    }

    /**
     * Reads the rows of one data class.
     *
     * @param path exposure file
     * @param dataClass eight hexadecimal digits
     * @param timing timing of the frames
     * @throws SxiException (data) if no frame of the class is legal
     */
    public static ExposureGti read(Path path, String dataClass, FrameTiming timing) {
        ExposureGti g = new ExposureGti(timing);
        try (FitsReader f = FitsReader.open(path)) {
            Hdu h = f.need("EXPOSURE");
            EventSchema s = new EventSchema(h.columns());
            String named = s.has("DATACTLM") ? "DATACTLM" : "DATACLASS";
            int wanted = Integer.parseUnsignedInt(dataClass, 16);
            try (EventSource rows = f.table(h, CHUNK_ROWS)) {
                for (Optional<EventChunk> c = rows.next(); c.isPresent(); c = rows.next()) {
                    try (EventChunk chunk = c.get()) {
                        g.add(chunk, classes(chunk, named), wanted);
                    }
                }
            }
            if (g.segments.isEmpty()) {
                throw SxiException.data("there is no frame of the data class").in(path).hdu(h.name()).column(named)
                        .value(dataClass).todo("give the exposure file of this observation, or leave it out").build();
            }
        }
        return g;
    }

    /** Data classes as the 32 bits that their eight digits mean. */
    private static int[] classes(EventChunk chunk, String column) {
        if (chunk.schema().column(column).type() == ColumnType.TEXT) {
            return Arrays.stream(chunk.texts(column)).mapToInt(t -> Integer.parseUnsignedInt(t, 16)).toArray();
        }
        return Arrays.stream(chunk.longs(column)).mapToInt(v -> (int) v).toArray();
    }

    private void add(EventChunk chunk, int[] classes, int wanted) {
        double[] time = chunk.doubles("TIME");
        int[] ccd = chunk.ints("CCD_ID");
        int[] segment = chunk.ints("SEGMENT");
        int[] type = chunk.ints("FRAMETYPE");
        String[] detectors = chunk.texts("DETNAM");
        String[] modes = chunk.texts("DATAMODE");
        int[] usable = chunk.has("USABLE") ? chunk.ints("USABLE") : filled(time.length, 1);
        int[] full = chunk.has("FULL") ? chunk.ints("FULL") : new int[time.length];
        for (int i = 0; i < time.length; i++) {
            boolean legal = ccd[i] >= 0 && ccd[i] < Sxi.CCDS && segment[i] >= 0 && segment[i] < Sxi.SEGMENTS;
            if (classes[i] == wanted && legal && !Double.isNaN(time[i]) && type[i] == 0
                    && flies(ccd[i], detectors[i], modes[i])) {
                Cycle c = cycles.computeIfAbsent(time[i], t -> new Cycle());
                c.full |= full[i] != 0;
                int key = Sxi.segmentIndex(ccd[i], segment[i]);
                segments.computeIfAbsent(key, k -> new ArrayList<>());
                if (usable[i] != 0) {
                    c.seen |= 1 << key;
                    frame(key, time[i]);
                }
            }
        }
    }

    private static int[] filled(int n, int value) {
        int[] v = new int[n];
        Arrays.fill(v, value);
        return v;
    }

    /**
     * CCD1 and CCD2 fly with all four in the full window, or alone in a window or burst; CCD3 and CCD4 in the full one.
     */
    private static boolean flies(int ccd, String detector, String mode) {
        boolean full = mode.equals(DataMode.WINDOW1.name());
        return switch (detector) {
            case "CCD" -> full;
            case "CCD12" -> ccd < 2 && !full && DataMode.of(mode).isPresent();
            case "CCD34" -> ccd >= 2 && full;
            default -> false;
        };
    }

    private void frame(int key, double time) {
        frames.merge(key, 1, Integer::sum);
        for (int i = 0; i < timing.exposures(); i++) {
            double start = time + timing.liveStart(i);
            segments.get(key).add(new Gti(start, start + timing.liveTime(i)));
        }
    }

    /** Time in which every segment of the class was live. */
    public GtiList mode() {
        return segments.values().stream().map(GtiList::of).reduce(GtiList::and).orElse(GtiList.EMPTY);
    }

    /** Live time by segment, 2 CCD_ID + SEGMENT. */
    public SortedMap<Integer, GtiList> segments() {
        SortedMap<Integer, GtiList> out = new TreeMap<>();
        segments.forEach((key, list) -> out.put(key, GtiList.of(list)));
        return out;
    }

    /** Number of frames of a segment. */
    public int frames(int segment) {
        return frames.getOrDefault(segment, 0);
    }

    /** Whole cycles of which nothing was lost and no frame was full. */
    public GtiList telemetry() {
        int all = cycles.values().stream().mapToInt(c -> c.seen).reduce(0, (a, b) -> a | b);
        List<Gti> good = new ArrayList<>();
        cycles.forEach((t, c) -> {
            if (c.seen == all && !c.full) {
                good.add(new Gti(t, t + timing.nominal()));
            }
        });
        return GtiList.joined(good, ROUNDING);
    }
}
