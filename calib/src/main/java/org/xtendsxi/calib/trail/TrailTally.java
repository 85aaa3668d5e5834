// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.trail;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.HistogramBank;

/**
 * Second reading: the excess of the pixel after the centre over the one before it, in histograms by line, segment and
 * bin of transfers. Charge that spreads by itself falls on both alike, so the excess is symmetric about the trail.
 * Events are taken whose centre lies within two sigma of the peak of the line, so that nearly all charge is in the
 * centre: to either side alike, or events would be chosen for the noise of their centre, which leaves no trail. The two
 * neighbours themselves are not cut, which would bend their means.
 */
final class TrailTally {
    private static final double REACH = 2;
    /** Farther from the mean than this is another photon or a particle, channels. */
    private static final double OUTLIER = 40;
    private static final double RANGE = 80;
    private static final double WIDTH = 0.5;
    private static final double SETTLED = 1e-4;
    private static final int MAX_ROUNDS = 100;
    private static final int SUMS = 3;

    private final int bins;
    private final double[][] peaks;
    private final double[] sigma;
    private final HistogramBank excess;
    private final double[] sums;

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
        this.sums = new double[n * SUMS];
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
        for (int l = 0; l < peaks.length; l++) {
            double from = centre - peaks[l][segmentRow];
            int at = (l * SegmentRow.COUNT + segmentRow) * bins + bin;
            if (Math.abs(from) < REACH * sigma[l] && excess.add(at, difference)) {
                sums[at * SUMS]++;
                sums[at * SUMS + 1] += centre;
                sums[at * SUMS + 2] += transfers;
            }
        }
    }

    /** Means of a segment. */
    List<TrailFit.Point> points(int segmentRow, long least) {
        List<TrailFit.Point> out = new ArrayList<>();
        for (int l = 0; l < peaks.length; l++) {
            for (int b = 0; b < bins; b++) {
                int at = (l * SegmentRow.COUNT + segmentRow) * bins + b;
                double n = sums[at * SUMS];
                if (n >= least) {
                    double[] mean = mean(excess.counts(at));
                    out.add(new TrailFit.Point(sums[at * SUMS + 1] / n, sums[at * SUMS + 2] / n, mean[0], mean[1],
                            (long) n));
                }
            }
        }
        return out;
    }

    /**
     * Mean and error without outliers; the cut goes with the mean, or it would pull it towards zero.
     */
    private double[] mean(int[] counts) {
        double centre = 0;
        double error = Double.POSITIVE_INFINITY;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            double n = 0;
            double sum = 0;
            double squares = 0;
            for (int k = 0; k < counts.length; k++) {
                double d = excess.middle(k) - centre;
                // bins at the cut count in part, so that the mean does not jump with it
                double part = counts[k] * Math.clamp((OUTLIER - Math.abs(d)) / WIDTH + 0.5, 0, 1);
                n += part;
                sum += part * d;
                squares += part * d * d;
            }
            double step = sum / n;
            error = Math.sqrt((squares / n - step * step) / (n - 1));
            centre += step;
            if (Math.abs(step) < SETTLED) {
                break;
            }
        }
        return new double[] {centre, error};
    }
}
