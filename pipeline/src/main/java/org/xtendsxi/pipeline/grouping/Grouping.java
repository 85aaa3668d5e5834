// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grouping;

import java.util.Arrays;

/**
 * Bins of the channels of a spectrum as OGIP writes them (OGIP/92-007 section 3.1.1).
 *
 * @param flags column GROUPING: 1 starts a bin, -1 continues it
 * @param quality column QUALITY: 0 good, 2 too few counts for a bin, 5 outside the range of the user
 */
public record Grouping(int[] flags, int[] quality) {
    private static final int TOO_FEW = 2;
    private static final int OUTSIDE = 5;
    /** From counts within one FWHM to the counts of the whole resolution element (Kaastra and Bleeker 2016). */
    private static final double WHOLE_ELEMENT = 1.314;
    /** Below it a bin is a full width at half maximum wide. */
    private static final double FEW_COUNTS = 2.119;

    /**
     * Bins of at least so many counts each, from the first channel upwards.
     *
     * @param counts counts per channel
     * @param range first and last channel to bin, from 0; those outside are bad
     * @param least counts of a bin, 1 or more
     */
    public static Grouping minimum(long[] counts, int[] range, long least) {
        return make(counts, range, least, new double[0]);
    }

    /**
     * Bins of the optimal width (Kaastra and Bleeker 2016, A&amp;A 587, A151): the fewer the counts of a resolution element,
     * the nearer is a bin to its full width at half maximum. No bin is wider than the optimum of any of its channels,
     * except to reach the least counts.
     *
     * @param counts counts per channel
     * @param range first and last channel to bin, from 0; those outside are bad
     * @param fwhm resolution at each channel, channels
     * @param least counts of a bin, 0 for no such wish
     */
    public static Grouping optimal(long[] counts, int[] range, double[] fwhm, long least) {
        double elements = 0;
        for (int c = range[0]; c <= range[1]; c++) {
            elements += 1 / fwhm[c];
        }
        double[] width = new double[counts.length];
        for (int c = range[0]; c <= range[1]; c++) {
            width[c] = Math.max(1, fwhm[c] * ratio(WHOLE_ELEMENT * within(counts, c, fwhm[c]), elements));
        }
        return make(counts, range, least, width);
    }

    /**
     * Optimal width of a bin in units of the full width at half maximum.
     *
     * @param counts counts of the resolution element
     * @param elements number of resolution elements of the spectrum
     */
    static double ratio(double counts, double elements) {
        double x = Math.log(counts * (1 + 0.2 * Math.log(elements)));
        return x <= FEW_COUNTS ? 1 : (0.08 + 7.0 / x + 1.8 / x / x) / (1 + 5.9 / x);
    }

    /** Counts within half a width on either side of the middle of a channel. */
    private static double within(long[] counts, int channel, double fwhm) {
        double low = channel - fwhm / 2;
        double high = channel + fwhm / 2;
        double sum = 0;
        for (int c = Math.max(0, (int) Math.rint(low)); c <= Math.min(counts.length - 1, (int) Math.rint(high)); c++) {
            sum += counts[c] * (Math.min(high, c + 0.5) - Math.max(low, c - 0.5));
        }
        return sum;
    }

    /** Joins channels until a bin has its counts and, if widths are given, while it is not too wide. */
    private static Grouping make(long[] counts, int[] range, long least, double[] width) {
        int[] flags = new int[counts.length];
        int[] quality = new int[counts.length];
        Arrays.fill(flags, 1);
        Arrays.fill(quality, OUTSIDE);
        for (int start = range[0]; start <= range[1];) {
            long sum = counts[start];
            double widest = width.length == 0 ? 1 : width[start];
            int end = start + 1;
            for (; end <= range[1]; end++) {
                double limit = width.length == 0 ? 1 : Math.min(widest, width[end]);
                if (sum >= least && end + 1 - start > limit) {
                    break;
                }
                sum += counts[end];
                widest = limit;
            }
            Arrays.fill(flags, start + 1, end, -1);
            Arrays.fill(quality, start, end, sum >= least ? 0 : TOO_FEW);
            start = end;
        }
        return new Grouping(flags, quality);
    }

    /** Number of good bins. */
    public int bins() {
        int n = 0;
        for (int c = 0; c < flags.length; c++) {
            n += flags[c] == 1 && quality[c] == 0 ? 1 : 0;
        }
        return n;
    }
}
