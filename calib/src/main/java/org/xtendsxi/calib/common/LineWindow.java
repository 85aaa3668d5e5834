// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.List;

/**
 * Where a line is looked for in the pulse heights of single-pixel events of all segments.
 *
 * @param line the line
 * @param reference pulse height without loss by {@link org.xtendsxi.caldb.table.SegmentRow}, channels
 * @param sigma width to expect, channels
 */
public record LineWindow(CalibrationLine line, double[] reference, double sigma) {
    /** Largest part of the pulse height that is expected to be lost. */
    public static final double DEEPEST = 0.1;
    private static final double NOISE = 5.4;
    private static final double FANO_EV = 0.115 * 3.65;
    private static final double MARGIN = 4;

    /** Windows of some lines for the segments that have a row in the gain in force. */
    public static List<LineWindow> of(List<CalibrationLine> lines, LineReference reference, int rows) {
        return lines.stream().map(l -> {
            double[] at = new double[rows];
            for (int s = 0; s < rows; s++) {
                at[s] = reference.channel(s, l.energy());
            }
            double perChannel = l.energy() / at[0];
            return new LineWindow(l, at, Math.hypot(NOISE, Math.sqrt(FANO_EV * l.energy()) / perChannel));
        }).toList();
    }

    /** Empty histograms over the window, one channel to a bin. */
    public HistogramBank bank(int size) {
        double low = Math.floor(smallest() * (1 - DEEPEST) - MARGIN * sigma);
        double high = Math.ceil(largest() + 2 * MARGIN * sigma);
        return new HistogramBank(size, low, 1, (int) (high - low));
    }

    private double smallest() {
        return java.util.Arrays.stream(reference).min().orElseThrow();
    }

    private double largest() {
        return java.util.Arrays.stream(reference).max().orElseThrow();
    }

    /** Middle of the range in which the peak of a segment may lie, channels. */
    public double near(int segmentRow) {
        return reference[segmentRow] * (1 - DEEPEST / 2);
    }

    /** Half of that range, channels. */
    public double reach(int segmentRow) {
        return reference[segmentRow] * DEEPEST / 2 + sigma;
    }
}
