// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.Arrays;

/**
 * Many histograms of equal bins in one array, so that the memory of a task depends on its bins and not on the number of
 * events. Values outside the range are left out.
 */
public final class HistogramBank {
    private final int size;
    private final double low;
    private final double width;
    private final int bins;
    private final int[] counts;

    /**
     * Empty histograms.
     *
     * @param size number of histograms
     * @param low lower edge of the first bin
     * @param width width of a bin
     * @param bins bins of a histogram
     */
    public HistogramBank(int size, double low, double width, int bins) {
        this.size = size;
        this.low = low;
        this.width = width;
        this.bins = bins;
        this.counts = new int[Math.multiplyExact(size, bins)];
    }

    /** Adds a value to a histogram; says whether it was in range. */
    public boolean add(int histogram, double value) {
        int bin = bin(value);
        boolean in = bin >= 0 && bin < bins;
        if (in) {
            counts[histogram * bins + bin]++;
        }
        return in;
    }

    /** Bin of a value; below 0 or not below {@link #bins} if it is out of range or no number. */
    public int bin(double value) {
        return Double.isNaN(value) ? -1 : (int) Math.floor((value - low) / width);
    }

    /** Adds the counts of histograms of the same bins. */
    public void add(HistogramBank other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    /** Number of histograms. */
    public int size() {
        return size;
    }

    /** Bins of a histogram. */
    public int bins() {
        return bins;
    }

    /** Lower edge of the first bin. */
    public double low() {
        return low;
    }

    /** Width of a bin. */
    public double width() {
        return width;
    }

    /** Middle of a bin. */
    public double middle(int bin) {
        return low + (bin + 0.5) * width;
    }

    /** Counts of one histogram. */
    public int[] counts(int histogram) {
        return Arrays.copyOfRange(counts, histogram * bins, (histogram + 1) * bins);
    }

    /** Sum of the histograms from..to-1, bin by bin. */
    public int[] sum(int from, int to) {
        int[] out = new int[bins];
        for (int h = from; h < to; h++) {
            for (int b = 0; b < bins; b++) {
                out[b] += counts[h * bins + b];
            }
        }
        return out;
    }

    /** Counts of one histogram in all bins. */
    public long total(int histogram) {
        return Arrays.stream(counts, histogram * bins, (histogram + 1) * bins).asLongStream().sum();
    }
}
