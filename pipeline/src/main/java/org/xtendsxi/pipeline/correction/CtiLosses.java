// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import java.util.Arrays;
import org.xtendsxi.caldb.instrument.EventPixels;

/**
 * The pixels of a block of events that lose charge, each with its losses per transfer and numbers of transfers, in
 * columns without gaps so that the arithmetic runs over plain arrays. Losses are small, so that the product of powers
 * of (1 - c) in energy-chain section 7.2.6 is the exponential of a short sum. One thread at a time.
 */
public final class CtiLosses {
    /** Losses up to this, factor included, are small: five terms of log(1 - c) are exact to the last bits. */
    static final double SMALL = 1e-3;
    /** Sums up to this have a polynomial as exponential, exact to the last bits. */
    private static final double SMALL_SUM = 0.125;
    private static final int PIXELS = EventPixels.INNER;

    private final int[] pixel;
    /** Event of a pixel, from 0 in the block. */
    private final int[] event;
    /** Place of its column in {@link CtiColumns}, its CCD row, and its lowest pulse height of the power law. */
    private final int[] column;
    private final int[] line;
    private final double[] cut;
    private final double[] pulse;
    private final double[] fast;
    private final double[] fastLeft;
    private final double[] slow;
    private final double[] slowLeft;
    /** Transfers: fast with benefit (Y0), fast without (Y1), slow (Y4). */
    private final double[] with;
    private final double[] without;
    private final double[] slowRows;
    private final int[] bright;
    /** Further losses of pixels in anomalous columns, by number in {@link #anomalousAt}. */
    private final int[] anomalousAt;
    private final double[] anomalous;
    private final int[] literal;
    private final double[] factor;
    private final double[] loss;
    private final double[] lossLeft;
    private final double[] sum;
    private final double[] remaining;
    private int count;
    private int anomalousCount;
    private int literalCount;

    /** Room for a number of events. */
    public CtiLosses(int events) {
        int n = events * PIXELS;
        pixel = new int[n + 1];
        event = new int[n + 1];
        column = new int[n + 1];
        line = new int[n + 1];
        cut = new double[n + 1];
        pulse = new double[n + 1];
        with = new double[n + 1];
        slowRows = new double[n + 1];
        fast = new double[n];
        fastLeft = new double[n];
        slow = new double[n];
        slowLeft = new double[n];
        without = new double[n];
        bright = new int[n + 1];
        anomalousAt = new int[n];
        anomalous = new double[n * 4];
        literal = new int[n];
        factor = new double[n];
        loss = new double[n];
        lossLeft = new double[n];
        sum = new double[n];
        remaining = new double[n];
    }

    /** Forgets everything. */
    void clear() {
        count = 0;
        anomalousCount = 0;
        literalCount = 0;
    }

    /** Notes a pixel, 9*event + number, that is worked by the formula as it stands. */
    void addLiteral(int at) {
        literal[literalCount++] = at;
    }

    /** Number of pixels to be worked by the formula. */
    int literals() {
        return literalCount;
    }

    /** Place of such a pixel, 9*event + pixel. */
    int literal(int j) {
        return literal[j];
    }

    /**
     * Where an event stands: what its pixels share.
     *
     * @param number event, from 0 in the block
     * @param cut lowest pulse height of the power law, channels
     * @param rows fast transfers of a pixel
     * @param vertical slow transfers of a pixel beyond its ACTY
     */
    record Place(int number, double cut, int rows, int vertical) {
    }

    /**
     * Adds a pixel of a normal column if it has charge. Noise makes that a matter of chance for most pixels, so it is
     * decided without a branch: the pixel is written behind the others, and counts if its pulse height is positive.
     *
     * @param at 9*event + number
     * @param p pulse height, channels
     * @param place start of the parameters of the column
     * @param y ACTY of the pixel
     */
    void add(int at, double p, Place e, int place, int y) {
        int j = count;
        pixel[j] = at;
        event[j] = e.number;
        column[j] = place;
        line[j] = y;
        cut[j] = e.cut;
        pulse[j] = p;
        with[j] = e.rows;
        slowRows[j] = y + e.vertical;
        count = j + positive(p);
    }

    /** Adds a pixel of an anomalous column, which has charge. */
    void addAnomalous(int at, double p, Place e, int place, int y, InjectionRows.Transfers n) {
        int a = 4 * anomalousCount;
        anomalousAt[anomalousCount++] = count;
        anomalous[a + 2] = n.anomalousWith();
        anomalous[a + 3] = n.anomalous();
        without[count] = n.normal();
        add(at, p, e, place, y);
    }

    /** 1 for a positive number, else 0, without a branch. */
    private static int positive(double p) {
        long bits = Double.doubleToRawLongBits(p);
        return 1 + (int) ((bits | bits - 1) >> 63);
    }

    /** Finds the losses of all pixels added; those whose losses are not small go to the formula. */
    void find(CtiColumns columns, double phRef, double smallLoss) {
        int n = 0;
        int a = 0;
        for (int j = 0; j < count; j++) {
            int c = column[j];
            int distance = columns.distance(line[j]);
            fast[j] = columns.lossAtCut(c);
            slow[j] = columns.lossAtCut(c + CtiColumns.SLOW);
            fastLeft[j] = columns.left(c, distance);
            slowLeft[j] = columns.left(c + CtiColumns.SLOW, distance);
            if (a < anomalousCount && anomalousAt[a] == j) {
                with[j] -= without[j] + anomalous[4 * a + 2] + anomalous[4 * a + 3];
                a++;
            } else {
                without[j] = distance;
                with[j] -= distance;
            }
            bright[n] = j;
            n += (int) (Double.doubleToRawLongBits(cut[j] - pulse[j]) >>> 63);
        }
        for (int b = 0; b < n; b++) {
            int j = bright[b];
            double ln = Powers.log(pulse[j] / phRef);
            fast[j] = columns.loss(column[j], ln);
            slow[j] = columns.loss(column[j] + CtiColumns.SLOW, ln);
        }
        for (int j = 0; j < count; j++) {
            boolean small = small(fast[j], fastLeft[j], smallLoss) & small(slow[j], slowLeft[j], smallLoss);
            if (!small | pulse[j] == Double.POSITIVE_INFINITY) {
                giveUp(j);
            }
        }
        for (int k = 0; k < anomalousCount; k++) {
            int j = anomalousAt[k];
            double ln = pulse[j] > cut[j] ? Powers.log(pulse[j] / phRef) : Double.NaN;
            anomalous[4 * k] = columns.anomalousLoss(column[j], ln);
            anomalous[4 * k + 1] = columns.anomalousLeft(column[j], columns.distance(line[j]));
            if (!small(anomalous[4 * k], anomalous[4 * k + 1], smallLoss)) {
                anomalous[4 * k] = 0;
                giveUp(j);
            }
        }
    }

    private static boolean small(double loss, double left, double smallLoss) {
        return loss >= 0 & loss <= smallLoss & Math.abs(left) <= 1;
    }

    private void giveUp(int j) {
        fast[j] = 0;
        slow[j] = 0;
        addLiteral(pixel[j]);
    }

    /** Restores the pixels; dependence as in {@link CtiCorrection#restore}. */
    void restore(double[] dependence, double[] out) {
        if (dependence.length == 0) {
            Arrays.fill(factor, 0, count, 1);
        } else {
            for (int j = 0; j < count; j++) {
                factor[j] = dependence[2 * event[j]];
            }
        }
        sums();
        for (int a = 0; a < anomalousCount; a++) {
            double each = factor[anomalousAt[a]] * anomalous[4 * a];
            sum[anomalousAt[a]] += anomalous[4 * a + 2] * log1m(each * anomalous[4 * a + 1])
                    + anomalous[4 * a + 3] * log1m(each);
        }
        exponentials(count, sum, loss, remaining);
        for (int j = 0; j < count; j++) {
            double inverse = Math.abs(sum[j]) <= SMALL_SUM ? remaining[j] : Powers.exp(-sum[j]);
            out[pixel[j]] = pulse[j] * inverse;
        }
    }

    /**
     * Logarithm of what all transfers leave. Here and below a loop is short, so that the compiler turns it into vector
     * instructions; it does not with all terms in one.
     */
    private void sums() {
        times(count, factor, fast, loss);
        times(count, loss, fastLeft, lossLeft);
        logarithms(count, lossLeft, with, sum);
        addLogarithms(count, loss, without, sum);
        times(count, factor, slow, loss);
        times(count, loss, slowLeft, lossLeft);
        addLogarithms(count, lossLeft, slowRows, sum);
    }

    private static void times(int n, double[] a, double[] b, double[] out) {
        for (int j = 0; j < n; j++) {
            out[j] = a[j] * b[j];
        }
    }

    private static void logarithms(int n, double[] loss, double[] transfers, double[] out) {
        for (int j = 0; j < n; j++) {
            out[j] = transfers[j] * log1m(loss[j]);
        }
    }

    private static void addLogarithms(int n, double[] loss, double[] transfers, double[] sum) {
        for (int j = 0; j < n; j++) {
            sum[j] += transfers[j] * log1m(loss[j]);
        }
    }

    /** exp(-x) of small numbers. */
    private static void exponentials(int n, double[] x, double[] middle, double[] out) {
        for (int j = 0; j < n; j++) {
            double y = -x[j];
            double y2 = y * y;
            middle[j] = 1 / 24.0 + y * (1 / 120.0) + y2 * (1 / 720.0 + y * (1 / 5040.0));
        }
        for (int j = 0; j < n; j++) {
            double y = -x[j];
            double y2 = y * y;
            double high = 1 / 40320.0 + y * (1 / 362880.0) + y2 * (1 / 3628800.0);
            middle[j] += y2 * y2 * high;
        }
        for (int j = 0; j < n; j++) {
            double y = -x[j];
            double y2 = y * y;
            double low = 1 + y + y2 * (1 / 2.0 + y * (1 / 6.0));
            out[j] = low + y2 * y2 * middle[j];
        }
    }

    /**
     * Logarithm of 1 - c rounded to double, for a small c. The reference raises that rounded number to powers of
     * hundreds, which makes its rounding visible at large pulse heights; 1 - (1 - c) is the c that it used.
     */
    private static double log1m(double loss) {
        double c = 1 - (1 - loss);
        return -c * (1 + c * (1 / 2.0 + c * (1 / 3.0 + c * (1 / 4.0 + c * (1 / 5.0)))));
    }
}
