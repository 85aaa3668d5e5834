// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.pipeline.grouping.GroupColumns;
import org.xtendsxi.pipeline.grouping.Grouping;

/** Counts per channel over the legal range of the PI column. */
public final class Spectrum {
    private final int first;
    private final long[] counts;
    private long outside;
    private long row;
    private int value;

    private Spectrum(int first, int channels) {
        this.first = first;
        this.counts = new long[channels];
    }

    /** An empty spectrum over TLMIN..TLMAX of a PI column. */
    public static Spectrum of(Column pi) {
        if (pi.min().isEmpty() || pi.max().isEmpty()) {
            throw SxiException.data("column has no legal range").column(pi.name()).limit("TLMIN and TLMAX")
                    .todo("add the keywords to the event file").build();
        }
        int low = Math.toIntExact(pi.min().getAsLong());
        return new Spectrum(low, Math.toIntExact(pi.max().getAsLong() - low + 1));
    }

    /** Counts the events kept; those outside the legal range have no channel and are told by {@link #outside()}. */
    void add(EventChunk chunk, boolean[] keep) {
        add(chunk.ints("PI"), keep, chunk.firstRow());
    }

    private void add(int[] pi, boolean[] keep, long firstRow) {
        for (int i = 0; i < pi.length; i++) {
            int c = pi[i] - first;
            if (keep[i] && c >= 0 && c < counts.length) {
                counts[c]++;
            } else if (keep[i]) {
                if (outside == 0 || firstRow + i + 1 < row) {
                    row = firstRow + i + 1;
                    value = pi[i];
                }
                outside++;
            }
        }
    }

    /** Number of events kept whose PI is outside the legal range. */
    public long outside() {
        return outside;
    }

    /**
     * What the user should know of events without a channel.
     *
     * @param file name of the event file
     */
    public Optional<String> warning(String file) {
        return outside == 0 ? Optional.empty() : Optional.of(file + "[EVENTS] (row " + row + ", column PI): " + outside
                + (outside == 1 ? " event has a" : " events have a") + " PI outside the legal range (the first " + value
                + ", limit " + first + ".." + (first + counts.length - 1)
                + "): they are in images and light curve, but in no spectrum; correct TLMIN and TLMAX, or select "
                + "by PI");
    }

    /** First channel. */
    public int firstChannel() {
        return first;
    }

    /** Counts of all channels, from the first. */
    public long[] counts() {
        return counts.clone();
    }

    /** All counts. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /**
     * Writes table SPECTRUM (OGIP PHA type I).
     *
     * @param file open file
     * @param standard keywords common to all products
     * @param backscal share of the field
     * @param links files that belong to the spectrum
     * @param groups bins, if the channels are joined
     */
    void write(FitsWriter file, Keywords standard, double backscal, Links links, Optional<Grouping> groups) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.of("CHANNEL", ColumnType.INT, 1).range(first, first + counts.length - 1L).text("PI channel"),
                Column.of("COUNTS", ColumnType.INT, 1).unit("count").text("counts per channel")));
        groups.ifPresent(g -> columns.addAll(GroupColumns.ALL));
        Keywords k = standard.copy().set("HDUCLASS", "OGIP", "").set("HDUCLAS1", "SPECTRUM", "")
                .set("HDUCLAS2", "TOTAL", "source and background").set("HDUCLAS3", "COUNT", "")
                .set("HDUVERS", "1.2.0", "").set("HDUVERS1", "1.2.0", "").set("PHAVERSN", "1992a", "")
                .set("AREASCAL", 1.0, "area scaling").set("BACKSCAL", backscal, "fraction of the field")
                .set("CORRSCAL", 1.0, "").set("BACKFILE", links.background(), "background")
                .set("CORRFILE", Links.NONE, "correction")
                .set("RESPFILE", links.response(), "redistribution matrix")
                .set("ANCRFILE", links.ancillary(), "effective area")
                .set("DETCHANS", counts.length, "channels").set("CHANTYPE", "PI", "corrected for gain")
                .set("POISSERR", true, "Poisson errors").set("STAT_ERR", 0L, "").set("SYS_ERR", 0L, "")
                .set("TOTCTS", total(), "counts in all").set("SPECDELT", 1L, "binning")
                .set("SPECPIX", 0L, "channel of SPECVAL").set("SPECVAL", (double) first, "original channel");
        if (!k.has("FILTER")) {
            k.set("FILTER", "NONE", "no filter");
        }
        if (groups.isEmpty()) {
            k.set("GROUPING", 0L, "not grouped").set("QUALITY", 0L, "all good");
        }
        try (EventChunk t = EventChunk.allocate(new EventSchema(columns), 0, counts.length)) {
            t.put("CHANNEL", IntStream.range(first, first + counts.length).toArray());
            t.put("COUNTS", counts);
            groups.ifPresent(g -> GroupColumns.fill(t, g));
            file.table("SPECTRUM", t, k);
        }
    }
}
