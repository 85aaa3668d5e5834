// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.trail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.HistogramBank;

/**
 * Second reading: the excess of the pixel after the centre over the one before it, in histograms by line, segment and
 * bin of transfers. Charge that spreads by itself falls on both alike, so the excess is symmetric about the trail, and
 * its centre is found by weights that are symmetric, too (Tukey's biweight).
 *
 * <p>Events are taken whose centre lies about the peak of the line. No cut may tell one neighbour from the other: the
 * centre gets back a part of what it lent to the pixel before, so that a cut which limits the charge in the neighbours
 * by that of the centre leaves more of it in the pixel before. Hence the window reaches farther down than the weights
 * reach out. Above the peak the cut is far, or events would be chosen for the noise of their centre, which leaves no
 * trail.
 */
final class TrailTally {
    /** How far above the peak centres are taken, widths of the line. */
    private static final double ABOVE = 3;
    /** How far below, channels beyond that. */
    private static final double BELOW = 40;
    /** An excess farther from its centre than this has no weight; about 4.7 times the noise of two pixels, channels. */
    private static final double OUTLIER = 35;
    private static final double RANGE = 80;
    private static final double WIDTH = 1;
    private static final double SETTLED = 1e-4;
    private static final int MAX_ROUNDS = 100;

    private final int bins;
    private final double[][] peaks;
    private final double[] sigma;
    private final HistogramBank excess;
    private final double[] centres;
    private final double[] transfers;

    /**
     * An empty tally.
     *
     * @param peaks centroid of each line and {@link SegmentRow}, channels; NaN where there is none
     * @param sigma width of each line, channels
     * @param bins bins of transfers
     */
    TrailTally(double[][] peaks, double[] sigma, int bins) {
        this.peaks = peaks;
        this.sigma = sigma;
        this.bins = bins;
        int n = peaks.length * SegmentRow.COUNT * bins;
        this.excess = new HistogramBank(n, -RANGE, WIDTH, (int) (2 * RANGE / WIDTH));
        this.centres = new double[n * excess.bins()];
        this.transfers = new double[n];
    }

    /**
     * Takes an event.
     *
     * @param bin bin of transfers
     * @param transfers number of transfers
     * @param centre pulse height of the centre, channels
     * @param difference pixel after less pixel before, channels
     */
    void add(int segmentRow, int bin, double transfers, double centre, double difference) {
        int line = -1;
        double from = Double.POSITIVE_INFINITY;
        for (int l = 0; l < peaks.length; l++) {
            double distance = centre - peaks[l][segmentRow];
            if (Math.abs(distance) < Math.abs(from)) {
                line = l;
                from = distance;
            }
        }
        int at = (line * SegmentRow.COUNT + segmentRow) * bins + bin;
        if (line >= 0 && from < ABOVE * sigma[line] && from > -BELOW - ABOVE * sigma[line]
                && excess.add(at, difference)) {
            centres[at * excess.bins() + excess.bin(difference)] += centre;
            this.transfers[at] += transfers;
        }
    }

    /** Means of a segment. */
    List<TrailFit.Point> points(int segmentRow, long least) {
        List<TrailFit.Point> out = new ArrayList<>();
        for (int l = 0; l < peaks.length; l++) {
            for (int b = 0; b < bins; b++) {
                int at = (l * SegmentRow.COUNT + segmentRow) * bins + b;
                int[] counts = excess.counts(at);
                long n = Arrays.stream(counts).asLongStream().sum();
                if (n >= least) {
                    int first = at * counts.length;
                    TrailFit.Point p = point(counts, Arrays.copyOfRange(centres, first, first + counts.length),
                            transfers[at] / n, n);
                    if (p.error() > 0) {
                        out.add(p);
                    }
                }
            }
        }
        return out;
    }

    /**
     * Centre of an excess by Tukey's biweight, with the error that its own scatter tells (Huber 1981, Robust
     * Statistics, section 3.2), and the pulse height that goes with it; an error below 0 where the excess has no
     * centre, because it scatters farther than the weights reach.
     */
    private TrailFit.Point point(int[] counts, double[] centres, double transfers, long n) {
        double centre = median(counts, n);
        double error = Double.POSITIVE_INFINITY;
        double pulse = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            double weight = 0;
            double sum = 0;
            double squares = 0;
            double slope = 0;
            pulse = 0;
            for (int k = 0; k < counts.length; k++) {
                double d = excess.middle(k) - centre;
                double u = Math.min(1, d * d / (OUTLIER * OUTLIER));
                double influence = d * (1 - u) * (1 - u);
                double change = (1 - u) * (1 - 5 * u);
                weight += counts[k] * (1 - u) * (1 - u);
                sum += counts[k] * influence;
                squares += counts[k] * influence * influence;
                slope += counts[k] * change;
                pulse += centres[k] * change;
            }
            double step = sum / weight;
            error = Math.sqrt(squares * n / (n - 1)) / slope;
            pulse /= slope;
            centre += step;
            if (Math.abs(step) < SETTLED) {
                break;
            }
        }
        return new TrailFit.Point(pulse, transfers, centre, error, n);
    }

    private double median(int[] counts, long n) {
        long below = 0;
        int k = 0;
        while (2 * (below + counts[k]) < n) {
            below += counts[k++];
        }
        return excess.middle(k);
    }
}
