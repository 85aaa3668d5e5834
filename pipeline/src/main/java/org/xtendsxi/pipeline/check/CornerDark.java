// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Residual dark from the corner pixels of single-pixel events (grade 0): a check of the dark that works on event lists,
 * as Swift and ASCA do (frames-and-science section 2.3). A single event is one whose eight raw neighbours are below the
 * split threshold; if the list has STATUS, events with flag 1 do not count.
 */
final class CornerDark {
    private static final int CHUNK_ROWS = 8192;
    private static final int[] CORNERS = {1, 3, 6, 8};

    private final Settings settings;

    CornerDark(Settings settings) {
        this.settings = settings;
    }

    /**
     * How to cut and judge.
     *
     * @param split split threshold, channels, 1..128
     * @param bin length of a time bin, s; 0 for one bin
     * @param region side of a sub-region, pixels; it divides a segment evenly
     * @param minimum fewest events of a cell that is judged
     * @param median median instead of mean
     * @param limit largest residual, chan
     */
    record Settings(int split, double bin, int region, int minimum, boolean median, double limit) {
    }

    /**
     * A cell of time and place, or a whole segment.
     *
     * @param start start of the time bin, s; of the first for a whole segment
     * @param ccdId CCD_ID
     * @param segment SEGMENT
     * @param rawX first RAWX
     * @param rawY first RAWY
     * @param events single events
     * @param share share of single events among all
     * @param residual residual dark, chan
     * @param error standard error, chan
     * @param rms rms of the corners about it, chan
     * @param verdict ok, high, low, or few if there are not enough events
     */
    record Cell(double start, int ccdId, int segment, int rawX, int rawY, long events, double share, double residual,
            double error, double rms, String verdict) {
    }

    /**
     * What was found.
     *
     * @param file event list
     * @param settings how
     * @param segments one per segment
     * @param cells one per time bin and sub-region with events
     */
    record Result(String file, Settings settings, List<Cell> segments, List<Cell> cells) {
    }

    /** Reads an event list once; memory grows with the number of cells alone. */
    Result check(Path events) {
        Map<Place, CornerHistogram> cells = new TreeMap<>();
        double start;
        try (FitsReader file = FitsReader.open(events)) {
            Hdu hdu = file.need("EVENTS");
            for (String name : List.of("TIME", "CCD_ID", "SEGMENT", "RAWX", "RAWY", "PHAS_INNER3X3")) {
                if (hdu.columns().stream().noneMatch(c -> c.name().equals(name))) {
                    throw SxiException.data("column is missing").in(events).hdu("EVENTS").column(name)
                            .todo("give an event list with raw pulse heights").build();
                }
            }
            start = hdu.keywords().needReal("TSTART");
            try (EventSource source = file.table(hdu, CHUNK_ROWS)) {
                for (Optional<EventChunk> next = source.next(); next.isPresent(); next = source.next()) {
                    try (EventChunk chunk = next.get()) {
                        take(chunk, start, cells);
                    }
                }
            }
        }
        Map<Place, CornerHistogram> whole = new TreeMap<>();
        cells.forEach((p, h) -> whole.computeIfAbsent(new Place(0, p.ccdId, p.segment, 0, 0),
                k -> new CornerHistogram(settings.split())).addAll(h));
        return new Result(events.toString(), settings, judge(whole, start), judge(cells, start));
    }

    private record Place(long bin, int ccdId, int segment, int x, int y) implements Comparable<Place> {
        @Override
        public int compareTo(Place o) {
            return java.util.Comparator.comparingLong(Place::bin).thenComparingInt(Place::ccdId)
                    .thenComparingInt(Place::segment).thenComparingInt(Place::y).thenComparingInt(Place::x)
                    .compare(this, o);
        }
    }

    private static int parts(int length, int size) {
        return Math.max(1, Math.round((float) length / size));
    }

    private int columns() {
        return parts(Sxi.RAW_COLUMNS, settings.region());
    }

    private int rows() {
        return parts(Sxi.ACT_SIZE, settings.region());
    }

    private void take(EventChunk c, double start, Map<Place, CornerHistogram> cells) {
        double[] time = c.doubles("TIME");
        int[] ccd = c.ints("CCD_ID");
        int[] segment = c.ints("SEGMENT");
        int[] x = c.ints("RAWX");
        int[] y = c.ints("RAWY");
        short[] phas = c.shorts("PHAS_INNER3X3");
        long[] status = c.has("STATUS") ? c.longs("STATUS") : new long[time.length];
        long none = EventColumns.PHAS_INNER3X3.nullValue().orElseThrow();
        for (int i = 0; i < time.length; i++) {
            int at = i * EventPixels.INNER;
            boolean placed = x[i] >= 0 && x[i] < Sxi.RAW_COLUMNS && y[i] >= 0 && y[i] < Sxi.ACT_SIZE;
            if (!placed || phas[at] == none || (status[i] & StatusFlag.ANY_BAD.bit()) != 0) {
                continue;
            }
            long bin = settings.bin() > 0 ? (long) Math.floor((time[i] - start) / settings.bin()) : 0;
            CornerHistogram h = cells.computeIfAbsent(new Place(bin, ccd[i], segment[i],
                    x[i] * columns() / Sxi.RAW_COLUMNS, y[i] * rows() / Sxi.ACT_SIZE),
                    k -> new CornerHistogram(settings.split()));
            h.seen();
            if (single(phas, at)) {
                h.add(phas[at + CORNERS[0]], phas[at + CORNERS[1]], phas[at + CORNERS[2]], phas[at + CORNERS[3]]);
            }
        }
    }

    private boolean single(short[] phas, int at) {
        for (int k = 1; k < EventPixels.INNER; k++) {
            if (phas[at + k] >= settings.split()) {
                return false;
            }
        }
        return true;
    }

    private List<Cell> judge(Map<Place, CornerHistogram> all, double start) {
        List<Cell> out = new ArrayList<>();
        all.forEach((p, h) -> {
            CornerHistogram.Level l = h.level(settings.median());
            out.add(new Cell(start + p.bin * settings.bin(), p.ccdId, p.segment,
                    p.x * Sxi.RAW_COLUMNS / columns(), p.y * Sxi.ACT_SIZE / rows(), h.events(),
                    (double) h.events() / h.all(), l.level(), l.error(), l.rms(), verdict(h.events(), l)));
        });
        return out;
    }

    /** Out of the limit by more than three standard errors. */
    private String verdict(long events, CornerHistogram.Level l) {
        if (events < settings.minimum() || Double.isNaN(l.level())) {
            return "few";
        }
        double beyond = Math.abs(l.level()) - settings.limit();
        return beyond <= 3 * l.error() ? "ok" : l.level() > 0 ? "high" : "low";
    }
}
