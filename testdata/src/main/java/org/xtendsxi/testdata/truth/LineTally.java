// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import org.xtendsxi.caldb.instrument.Grade;

/** Grades and energy differences of the events of one line, in bounded memory. */
final class LineTally {
    private static final double BIN = 2;
    private static final double SPAN = 1500;
    private static final double CLIP = 3;
    private static final int ROUNDS = 20;
    private static final double FWHM = 2 * Math.sqrt(2 * Math.log(2));

    private final long[] grades = new long[Grade.MAX + 1];
    private final long[] differences = new long[(int) (2 * SPAN / BIN)];
    private long events;

    /** Adds an event of good grade; the difference is measured minus true energy, eV. */
    void add(int grade, double difference) {
        events++;
        grades[grade]++;
        int bin = (int) Math.floor((difference + SPAN) / BIN);
        if (bin >= 0 && bin < differences.length) {
            differences[bin]++;
        }
    }

    /** Events added. */
    long events() {
        return events;
    }

    /** Share 0..1 of some grades. */
    double share(int... some) {
        long n = 0;
        for (int g : some) {
            n += grades[g];
        }
        return (double) n / events;
    }

    /** Mean of the core, which is what lies within three standard deviations of it, eV. */
    double mean() {
        return core()[0];
    }

    /** Full width at half maximum of a Gaussian with the standard deviation of the core, eV. */
    double width() {
        return FWHM * core()[1];
    }

    private double[] core() {
        double low = -SPAN;
        double high = SPAN;
        double mean = 0;
        double sigma = SPAN;
        for (int round = 0; round < ROUNDS; round++) {
            double n = 0;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < differences.length; i++) {
                double x = -SPAN + (i + 0.5) * BIN;
                if (x >= low && x <= high) {
                    n += differences[i];
                    sum += differences[i] * x;
                    squares += differences[i] * x * x;
                }
            }
            mean = sum / n;
            sigma = Math.sqrt(Math.max(0, squares / n - mean * mean));
            low = mean - CLIP * sigma;
            high = mean + CLIP * sigma;
        }
        return new double[] {mean, sigma};
    }
}
