// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationLine;
import org.xtendsxi.calib.common.Events;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.NaturalLine;
import org.xtendsxi.calib.common.NaturalPeak;
import org.xtendsxi.calib.common.Selection;

/** Histograms of PHA about lines, by segment and bin of time. PHA is the lower edge of its channel. */
final class GainTally {
    private static final double NOISE_EV = 33;
    private static final double FANO_EV = 0.115 * 3.65;
    private static final double MARGIN = 5;

    private final GainCurve[] curves;
    private final Selection selection;
    private final double start;
    private final double width;
    private final int bins;
    private final double range;
    private final List<Line> lines = new ArrayList<>();

    /** A line, its tabulated shape and its histograms. */
    private record Line(NaturalLine line, NaturalLine.Table table, HistogramBank bank) {
    }

    /**
     * Nothing counted yet.
     *
     * @param gain gain in force
     * @param lines lines
     * @param selection events
     * @param range farthest that a line may be from where the gain in force has it, relative
     * @param times bins of time
     */
    GainTally(GainTable gain, List<CalibrationLine> lines, Selection selection, double range, Times times) {
        this.selection = selection;
        this.range = range;
        this.start = times.start();
        this.width = times.width();
        this.bins = times.bins();
        this.curves = new GainCurve[SegmentRow.COUNT];
        for (int s = 0; s < curves.length; s++) {
            curves[s] = gain.row(s) < 0 ? null : GainCurve.of(gain, gain.row(s));
        }
        for (CalibrationLine l : lines) {
            NaturalLine natural = NaturalLine.of(l);
            double low = Double.POSITIVE_INFINITY;
            double high = 0;
            for (GainCurve c : curves) {
                if (c != null) {
                    double at = c.channel(natural.energy());
                    double room = MARGIN * sigma(natural) / c.scale(at);
                    low = Math.min(low, at * (1 - range) - room);
                    high = Math.max(high, at * (1 + range) + room);
                }
            }
            this.lines.add(new Line(natural, natural.table(), new HistogramBank(SegmentRow.COUNT * bins,
                    Math.floor(Math.max(0, low)), 1, (int) Math.ceil(high - Math.max(0, low)) + 1)));
        }
    }

    /**
     * Bins of time.
     *
     * @param start first time, s
     * @param width width of a bin, s
     * @param bins number of bins
     */
    record Times(double start, double width, int bins) {
        /** Middle of a bin, s. */
        double middle(int bin) {
            return start + (bin + 0.5) * width;
        }
    }

    /** Width of the camera to expect, eV. */
    private static double sigma(NaturalLine line) {
        return Math.hypot(NOISE_EV, Math.sqrt(FANO_EV * line.energy()));
    }

    /** Takes a chunk that has been through the chain. */
    void accept(EventChunk c) {
        Events e = Events.of(c, selection);
        int[] pha = c.ints("PHA");
        double[] time = bins > 1 ? c.doubles("TIME") : new double[0];
        for (int i = 0; i < pha.length; i++) {
            int t = bins > 1 && e.use()[i] ? (int) Math.floor((time[i] - start) / width) : 0;
            if (e.use()[i] && t >= 0 && t < bins) {
                for (Line l : lines) {
                    l.bank().add(e.segmentRow()[i] * bins + t, pha[i]);
                }
            }
        }
    }

    /** Events of a segment in all windows. */
    long events(int segment) {
        long n = 0;
        for (Line l : lines) {
            for (int t = 0; t < bins; t++) {
                n += l.bank().total(segment * bins + t);
            }
        }
        return n;
    }

    /** Gain in force. */
    GainCurve curve(int segment) {
        return curves[segment];
    }

    /** Number of lines. */
    int lines() {
        return lines.size();
    }

    /** A line. */
    NaturalLine line(int number) {
        return lines.get(number).line();
    }

    /** Bins of the histograms of a line. */
    HistogramBank bank(int line) {
        return lines.get(line).bank();
    }

    /** Counts of a line at all times. */
    int[] counts(int line, int segment) {
        return bank(line).sum(segment * bins, (segment + 1) * bins);
    }

    /** Peak of a line at all times. */
    Optional<NaturalPeak> peak(int line, int segment) {
        return fit(line, segment, counts(line, segment));
    }

    /** Peak of a line in a bin of time. */
    Optional<NaturalPeak> peak(int line, int segment, int bin) {
        return fit(line, segment, bank(line).counts(segment * bins + bin));
    }

    private Optional<NaturalPeak> fit(int line, int segment, int[] counts) {
        Line l = lines.get(line);
        double at = curves[segment].channel(l.line().energy());
        double scale = curves[segment].scale(at);
        double sigma = sigma(l.line()) / scale;
        return NaturalPeak.fit(l.bank(), counts, l.table(), scale, at, range * at + sigma, sigma);
    }

    /** Where a line is sought, in words. */
    String sought(int line, int segment) {
        double at = curves[segment].channel(lines.get(line).line().energy());
        return String.format("%s %.0f..%.0f channels", lines.get(line).line().name(), at * (1 - range),
                at * (1 + range));
    }
}
