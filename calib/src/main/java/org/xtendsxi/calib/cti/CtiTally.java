// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.cti;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.AnomalyRegions;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.Events;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.LineWindow;
import org.xtendsxi.calib.common.Peak;
import org.xtendsxi.calib.common.Selection;

/** First reading: pulse heights before the CTI correction, in histograms by line, segment and bin of rows. */
final class CtiTally {
    private static final int PIXELS = 9;

    private final List<LineWindow> windows;
    private final Selection selection;
    private final AnomalyRegions anomalies;
    private final int rowsPerBin;
    private final int bins;
    private final List<HistogramBank> banks = new ArrayList<>();
    private final int[][] rows;

    /**
     * An empty tally.
     *
     * @param windows lines
     * @param selection events
     * @param anomalies regions known; events in or above them are left out
     * @param rowsPerBin rows of a bin
     */
    CtiTally(List<LineWindow> windows, Selection selection, AnomalyRegions anomalies, int rowsPerBin) {
        this.windows = List.copyOf(windows);
        this.selection = selection;
        this.anomalies = anomalies;
        this.rowsPerBin = rowsPerBin;
        this.bins = (Sxi.ACT_SIZE + rowsPerBin - 1) / rowsPerBin;
        windows.forEach(w -> banks.add(w.bank(SegmentRow.COUNT * bins)));
        this.rows = new int[windows.size() * SegmentRow.COUNT][Sxi.ACT_SIZE + 1];
    }

    /** Takes a chunk that has been through the chain. */
    void accept(EventChunk chunk) {
        Events e = Events.of(chunk, selection);
        double[] pulse = chunk.doubles("PHAS_TRAILCORR");
        for (int i = 0; i < e.use().length; i++) {
            if (e.use()[i] && !(anomalies.has(e.ccd(i), e.actX()[i])
                    && e.actY()[i] > anomalies.min(e.ccd(i), e.actX()[i]))) {
                add(e.segmentRow()[i], e.actY()[i], pulse[i * PIXELS]);
            }
        }
    }

    /** Takes an event. */
    void add(int segmentRow, int actY, double pulse) {
        for (int l = 0; l < banks.size(); l++) {
            if (banks.get(l).add(segmentRow * bins + (actY - 1) / rowsPerBin, pulse)) {
                rows[l * SegmentRow.COUNT + segmentRow][actY]++;
            }
        }
    }

    /** Events of a segment in all windows. */
    long events(int segmentRow) {
        long n = 0;
        for (HistogramBank b : banks) {
            for (int k = 0; k < bins; k++) {
                n += b.total(segmentRow * bins + k);
            }
        }
        return n;
    }

    /** Peak of a line over a whole segment, for a first look. */
    Optional<Peak> whole(int line, int segmentRow) {
        HistogramBank b = banks.get(line);
        return windows.get(line).look(b, b.sum(segmentRow * bins, (segmentRow + 1) * bins), segmentRow);
    }

    /**
     * Peaks of a segment. Neighbouring bins are joined until they hold enough events.
     *
     * @param least events of a peak
     */
    List<CtiFit.Point> points(int segmentRow, int least) {
        List<CtiFit.Point> out = new ArrayList<>();
        for (int l = 0; l < banks.size(); l++) {
            Optional<Peak> whole = whole(l, segmentRow);
            if (whole.isEmpty()) {
                continue;
            }
            int from = 0;
            while (from < bins) {
                int to = from + 1;
                while (to < bins && sum(l, segmentRow, from, to) < least) {
                    to++;
                }
                point(l, segmentRow, from, to, whole.get()).ifPresent(out::add);
                from = to;
            }
        }
        return out;
    }

    private long sum(int line, int segmentRow, int from, int to) {
        long n = 0;
        for (int k = from; k < to; k++) {
            n += banks.get(line).total(segmentRow * bins + k);
        }
        return n;
    }

    private Optional<CtiFit.Point> point(int line, int segmentRow, int from, int to, Peak whole) {
        HistogramBank b = banks.get(line);
        int[] counts = b.sum(segmentRow * bins + from, segmentRow * bins + to);
        int first = from * rowsPerBin + 1;
        int last = Math.min(Sxi.ACT_SIZE, to * rowsPerBin);
        int[] weights = new int[2 * (last - first + 1)];
        for (int y = first; y <= last; y++) {
            weights[2 * (y - first)] = y;
            weights[2 * (y - first) + 1] = rows[line * SegmentRow.COUNT + segmentRow][y];
        }
        return windows.get(line).peak(b, counts, segmentRow, whole.centre(), whole.sigma())
                .map(p -> new CtiFit.Point(line, weights, p.centre(), p.centreError()));
    }
}
