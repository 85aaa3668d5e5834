// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.table.SegmentRow;

/**
 * Where a line is looked for in the pulse heights of single-pixel events of all segments.
 *
 * @param line the line
 * @param reference pulse height without loss by {@link SegmentRow}, channels
 * @param sigma width to expect, channels
 * @param below largest part of the pulse height that the peak may lie below the reference
 * @param above largest part that it may lie above
 * @param shape the line before the camera broadens it
 */
public record LineWindow(CalibrationLine line, double[] reference, double sigma, double below, double above,
        NaturalLine.Table shape) {
    /** Largest part of the pulse height that charge loss is expected to take. */
    private static final double LOSS = 0.1;
    private static final double NOISE = 5.4;
    private static final double FANO_EV = 0.115 * 3.65;
    private static final double MARGIN = 4;

    /** A window of a line with its natural shape. */
    public LineWindow(CalibrationLine line, double[] reference, double sigma, double below, double above) {
        this(line, reference, sigma, below, above, NaturalLine.of(line).table());
    }

    /** Windows for peaks that charge loss may have moved down. */
    public static List<LineWindow> of(List<CalibrationLine> lines, LineReference reference) {
        return of(lines, reference, LOSS, 0);
    }

    /**
     * Windows of some lines.
     *
     * @param below largest part of the pulse height that a peak may lie below the reference
     * @param above largest part that it may lie above
     */
    public static List<LineWindow> of(List<CalibrationLine> lines, LineReference reference, double below,
            double above) {
        return lines.stream().map(l -> {
            double[] at = new double[SegmentRow.COUNT];
            for (int s = 0; s < at.length; s++) {
                at[s] = reference.channel(s, NaturalLine.of(l).energy());
            }
            double perChannel = l.energy() / at[0];
            return new LineWindow(l, at, Math.hypot(NOISE, Math.sqrt(FANO_EV * l.energy()) / perChannel),
                    below, above);
        }).toList();
    }

    /** Empty histograms over the window, one channel to a bin. */
    public HistogramBank bank(int size) {
        double low = Math.floor(smallest() * (1 - below) - MARGIN * sigma);
        double high = Math.ceil(largest() * (1 + above) + 2 * MARGIN * sigma);
        return new HistogramBank(size, low, 1, (int) (high - low));
    }

    /**
     * Peak of the line in a histogram of a segment: its natural shape over a constant, which is how the gain and the
     * grade offsets in force are measured, so that the same low tail moves both alike.
     *
     * @param near where it is sought, channels
     * @param width to start with, channels
     */
    public Optional<Peak> peak(HistogramBank bank, int[] counts, int segmentRow, double near, double width) {
        return NaturalPeak.fit(bank, counts, shape, line.energy() / reference[segmentRow], near, reach(segmentRow),
                width).map(p -> new Peak(p.centre(), p.centreError(), p.sigma(), p.sigmaError(), p.counts(), p.chi2(),
                        p.degrees()));
    }

    /** A first look at the peak anywhere in the window, as a Gaussian: charge loss may have bent its shape. */
    public Optional<Peak> look(HistogramBank bank, int[] counts, int segmentRow) {
        return Peak.fit(bank, counts, near(segmentRow), reach(segmentRow), sigma);
    }

    private double smallest() {
        return Arrays.stream(reference).min().orElseThrow();
    }

    private double largest() {
        return Arrays.stream(reference).max().orElseThrow();
    }

    /** Middle of the range in which the peak of a segment may lie, channels. */
    public double near(int segmentRow) {
        return reference[segmentRow] * (1 + (above - below) / 2);
    }

    /** Half of that range, channels. */
    public double reach(int segmentRow) {
        return reference[segmentRow] * (above + below) / 2 + sigma;
    }
}
