// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.downlink;

import java.util.Arrays;
import java.util.List;

/**
 * How long cycles took from the file to the page.
 *
 * @param seconds latency of each cycle in the order of delivery, s
 */
public record Latencies(List<Double> seconds) {
    /** Keeps a copy. */
    public Latencies {
        seconds = List.copyOf(seconds);
    }

    /** Number of cycles that the page has told of. */
    public int count() {
        return seconds.size();
    }

    /** Latency of a cycle, counted from 1, s. */
    public double of(int cycle) {
        return seconds.get(cycle - 1);
    }

    /** Latency that a fraction of the cycles does not exceed, s; 0.5 gives the median. */
    public double quantile(double fraction) {
        double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[Math.clamp((int) Math.ceil(fraction * sorted.length) - 1, 0, sorted.length - 1)];
    }

    /** The cycle with the largest latency, counted from 1; of equal ones the first. */
    public int slowest() {
        int slowest = 1;
        for (int cycle = 2; cycle <= count(); cycle++) {
            slowest = of(cycle) > of(slowest) ? cycle : slowest;
        }
        return slowest;
    }
}
