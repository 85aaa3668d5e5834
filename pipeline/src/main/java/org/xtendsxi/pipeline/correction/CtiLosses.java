// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

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
    private final double[] pulse;
    private final double[] fast;
    private final double[] fastLeft;
    private final double[] slow;
    private final double[] slowLeft;
    /** Transfers: fast with benefit (Y0), fast without (Y1), slow (Y4). */
    private final double[] with;
    private final double[] without;
    private final double[] slowRows;
    /** Further losses of pixels in anomalous columns, by number in {@link #anomalousAt}. */
    private final int[] anomalousAt;
    private final double[] anomalous;
    private final int[] literal;
    private final double[] factor;
    private final double[] sum;
    private final double[] remaining;
    private int first;
    private int count;
    private int anomalousCount;
    private int literalCount;

    /** Room for a number of events. */
    public CtiLosses(int events) {
        int n = events * PIXELS;
        pixel = new int[n];
        pulse = new double[n];
        fast = new double[n];
        fastLeft = new double[n];
        slow = new double[n];
        slowLeft = new double[n];
        with = new double[n];
        without = new double[n];
        slowRows = new double[n];
        anomalousAt = new int[n];
        anomalous = new double[n * 4];
        literal = new int[n];
        factor = new double[n];
        sum = new double[n];
        remaining = new double[n];
    }

    /** Forgets everything; {@code from} is the first event to come. */
    void clear(int from) {
        first = from;
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

    /** Sets the losses of the next pixel; an add follows. */
    void fast(double loss, double left, double slowLoss, double slowPart, int transfers) {
        fast[count] = loss;
        fastLeft[count] = left;
        slow[count] = slowLoss;
        slowLeft[count] = slowPart;
        slowRows[count] = transfers;
    }

    /** Adds a pixel, 9*event + number, of a normal column. */
    void add(int at, double p, int rows, int distance) {
        pixel[count] = at;
        pulse[count] = p;
        with[count] = rows - distance;
        without[count++] = distance;
    }

    /** Adds a pixel of an anomalous column. */
    void addAnomalous(int place, double p, int rows, InjectionRows.Transfers n, double loss, double left) {
        anomalousAt[anomalousCount] = count;
        int at = 4 * anomalousCount++;
        anomalous[at] = loss;
        anomalous[at + 1] = left;
        anomalous[at + 2] = n.anomalousWith();
        anomalous[at + 3] = n.anomalous();
        add(place, p, rows, n.normal());
        with[count - 1] = rows - (n.normal() + n.anomalousWith() + n.anomalous());
    }

    /** Restores the pixels; dependence as in {@link CtiCorrection#restore}. */
    void restore(double[] dependence, double[] out) {
        for (int j = 0; j < count; j++) {
            factor[j] = dependence.length == 0 ? 1 : dependence[2 * (pixel[j] / PIXELS - first)];
        }
        sums(count, factor, fast, fastLeft, slow, slowLeft, with, without, slowRows, sum);
        for (int a = 0; a < anomalousCount; a++) {
            double loss = factor[anomalousAt[a]] * anomalous[4 * a];
            sum[anomalousAt[a]] += anomalous[4 * a + 2] * log1m(loss * anomalous[4 * a + 1])
                    + anomalous[4 * a + 3] * log1m(loss);
        }
        exponentials(count, sum, remaining);
        for (int j = 0; j < count; j++) {
            double inverse = Math.abs(sum[j]) <= SMALL_SUM ? remaining[j] : Powers.exp(-sum[j]);
            out[pixel[j]] = pulse[j] * inverse;
        }
    }

    /** Logarithm of what all transfers leave; a loop that the compiler turns into vector instructions. */
    private static void sums(int n, double[] g, double[] fast, double[] fastLeft, double[] slow, double[] slowLeft,
            double[] with, double[] without, double[] slowRows, double[] sum) {
        for (int j = 0; j < n; j++) {
            double c0 = g[j] * fast[j];
            double c = c0 * fastLeft[j];
            double s = g[j] * slow[j] * slowLeft[j];
            sum[j] = with[j] * log1m(c) + without[j] * log1m(c0) + slowRows[j] * log1m(s);
        }
    }

    /** exp(-x) of small numbers; a loop that the compiler turns into vector instructions. */
    private static void exponentials(int n, double[] x, double[] out) {
        for (int j = 0; j < n; j++) {
            double y = -x[j];
            double y2 = y * y;
            double y4 = y2 * y2;
            double low = 1 + y + y2 * (1 / 2.0 + y * (1 / 6.0));
            double middle = 1 / 24.0 + y * (1 / 120.0) + y2 * (1 / 720.0 + y * (1 / 5040.0));
            double high = 1 / 40320.0 + y * (1 / 362880.0) + y2 * (1 / 3628800.0);
            out[j] = low + y4 * (middle + y4 * high);
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
