// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

/** Number, mean and standard deviation of values that come one by one. */
final class Moments {
    private long count;
    private double mean;
    private double squares;

    /** Adds a value (recurrence of Welford 1962). */
    void add(double value) {
        count++;
        double d = value - mean;
        mean += d / count;
        squares += d * (value - mean);
    }

    /** Number of values. */
    long count() {
        return count;
    }

    /** Mean; NaN without values. */
    double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /** Standard deviation; NaN with fewer than two values. */
    double deviation() {
        return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
    }

    /** Standard error of the mean; NaN with fewer than two values. */
    double error() {
        return deviation() / Math.sqrt(count);
    }
}
