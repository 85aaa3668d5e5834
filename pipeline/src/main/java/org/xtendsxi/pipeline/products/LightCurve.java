// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.GtiList;

/** Counts per time bin, divided by the good time of the bin. */
public final class LightCurve {
    private static final int MAX_BINS = 50_000_000;

    private final double binSize;
    private final GtiList gti;
    private final double start;
    private final long[] counts;

    /**
     * An empty light curve from the start of the first to the end of the last interval.
     *
     * @param binSize bin, s
     * @param gti good time, not empty
     */
    public LightCurve(double binSize, GtiList gti) {
        this.binSize = binSize;
        this.gti = gti;
        this.start = gti.start();
        double bins = (gti.stop() - start) / binSize + 1;
        if (!(bins < MAX_BINS)) {
            throw SxiException.usage("light curve would have too many bins").value(bins).limit(MAX_BINS)
                    .todo("give a longer --bin").build();
        }
        this.counts = new long[(int) bins];
    }

    /** Counts the events kept. */
    void add(EventChunk chunk, boolean[] keep, double timeShift) {
        add(chunk.doubles("TIME"), keep, timeShift);
    }

    private void add(double[] time, boolean[] keep, double timeShift) {
        for (int i = 0; i < time.length; i++) {
            if (keep[i]) {
                counts[(int) ((time[i] + timeShift - start) / binSize)]++;
            }
        }
    }

    /**
     * One bin with good time in it.
     *
     * @param centre middle of the bin, s of mission time
     * @param rate counts per second of good time
     * @param error square root of the counts per second of good time
     * @param exposed good time divided by the bin size
     */
    public record Bin(double centre, double rate, double error, double exposed) {
    }

    /** Bins with good time, in order. */
    public List<Bin> bins() {
        double[] good = new double[counts.length];
        gti.intervals().forEach(g -> {
            int from = (int) ((g.start() - start) / binSize);
            int to = (int) ((g.stop() - start) / binSize);
            for (int b = from; b <= to; b++) {
                double low = start + b * binSize;
                good[b] += Math.max(0, Math.min(low + binSize, g.stop()) - Math.max(low, g.start()));
            }
        });
        List<Bin> out = new ArrayList<>();
        for (int b = 0; b < counts.length; b++) {
            if (good[b] > 0) {
                out.add(new Bin(start + (b + 0.5) * binSize, counts[b] / good[b], Math.sqrt(counts[b]) / good[b],
                        good[b] / binSize));
            }
        }
        return out;
    }

    /** Bin size, s. */
    public double binSize() {
        return binSize;
    }

    /** Writes table RATE (OGIP). */
    void write(FitsWriter file, Keywords standard, int piLow, int piHigh) {
        EventSchema schema = new EventSchema(List.of(
                Column.of("TIME", ColumnType.DOUBLE, 1).unit("s").text("middle of the bin, from TIMEZERO"),
                Column.of("RATE", ColumnType.FLOAT, 1).unit("count/s"),
                Column.of("ERROR", ColumnType.FLOAT, 1).unit("count/s"),
                Column.of("FRACEXP", ColumnType.FLOAT, 1).text("good fraction of the bin")));
        double zero = start + binSize / 2;
        Keywords k = standard.copy().set("HDUCLASS", "OGIP", "").set("HDUCLAS1", "LIGHTCURVE", "")
                .set("HDUCLAS2", "TOTAL", "source and background").set("HDUCLAS3", "RATE", "")
                .set("TIMEZERO", zero, "[s] zero of TIME").set("TIMEDEL", binSize, "[s] bin")
                .set("TIMEPIXR", 0.5, "TIME is the middle").set("PHALCUT", piLow, "lowest channel")
                .set("PHAHCUT", piHigh, "highest channel").set("MINFREXP", 0.0, "least FRACEXP");
        List<Bin> bins = bins();
        try (EventChunk t = EventChunk.allocate(schema, 0, bins.size())) {
            double[] index = bins.stream().mapToDouble(b -> Math.rint((b.centre() - zero) / binSize)).toArray();
            t.put("TIME", Arrays.stream(index).map(i -> i * binSize).toArray());
            t.put("RATE", bins.stream().mapToDouble(Bin::rate).toArray());
            t.put("ERROR", bins.stream().mapToDouble(Bin::error).toArray());
            t.put("FRACEXP", bins.stream().mapToDouble(Bin::exposed).toArray());
            file.table("RATE", t, k);
        }
    }
}
