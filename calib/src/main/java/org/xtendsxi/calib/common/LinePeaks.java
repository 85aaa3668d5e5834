// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.table.SegmentRow;

/** Peaks of lines in whole segments. */
public final class LinePeaks {
    private static final int PIXELS = 9;

    private final List<LineWindow> windows;
    private final Selection selection;
    private final String column;
    private final List<HistogramBank> banks = new ArrayList<>();

    /**
     * Nothing counted yet.
     *
     * @param windows lines
     * @param selection events
     * @param column pulse heights, nine to an event, of which the centre counts
     */
    public LinePeaks(List<LineWindow> windows, Selection selection, String column) {
        this.windows = List.copyOf(windows);
        this.selection = selection;
        this.column = column;
        windows.forEach(w -> banks.add(w.bank(SegmentRow.COUNT)));
    }

    /** Takes a chunk that has been through the chain. */
    public void accept(EventChunk chunk) {
        Events e = Events.of(chunk, selection);
        double[] pulse = chunk.doubles(column);
        for (int i = 0; i < e.use().length; i++) {
            if (e.use()[i]) {
                for (HistogramBank b : banks) {
                    b.add(e.segmentRow()[i], pulse[i * PIXELS]);
                }
            }
        }
    }

    /** Events of a segment in all windows. */
    public long events(int segmentRow) {
        return banks.stream().mapToLong(b -> b.total(segmentRow)).sum();
    }

    /** Peak of a line. */
    public Optional<Peak> peak(int line, int segmentRow) {
        return windows.get(line).look(banks.get(line), banks.get(line).counts(segmentRow), segmentRow);
    }

    /**
     * Centroids by line and {@link SegmentRow}, NaN where there is no peak, channels.
     *
     * @param segments segments of which at least one line must be found
     * @param names lines as the user gave them, for the message
     */
    public double[][] centroids(List<Integer> segments, String names, Console console) {
        double[][] out = new double[windows.size()][SegmentRow.COUNT];
        for (double[] o : out) {
            Arrays.fill(o, Double.NaN);
        }
        for (int s : segments) {
            boolean any = false;
            for (int l = 0; l < out.length; l++) {
                Optional<Peak> p = peak(l, s);
                out[l][s] = p.map(Peak::centre).orElse(Double.NaN);
                any |= p.isPresent();
            }
            if (!any) {
                throw noLine(s, names);
            }
            Segments.missing(s, windows.stream().map(w -> w.line().name()).toList(), l -> !Double.isNaN(out[l][s]),
                    console);
        }
        return out;
    }

    private SxiException noLine(int s, String names) {
        return SxiException.data("no line in the range of pulse heights").in(SegmentRow.words(s)).value(names)
                .limit(windows.stream().map(w -> String.format("%.0f..%.0f", w.near(s) - w.reach(s),
                        w.near(s) + w.reach(s))).toList() + " channels")
                .todo("check that the source has these lines, or the gain in force").build();
    }
}
