// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.measure;

import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.GradeRule;
import org.xtendsxi.caldb.instrument.Grade;

/**
 * How the events of a line fall on the ASCA grades 0 to 7 of their 3x3, without the rules of the outer ring, so that
 * they compare with published ratios (frames-and-science sections 4.2 and 4.3).
 *
 * @param counts events by grade 0..7
 */
public record BranchingRatios(long[] counts) {
    /** Published ratios of Mn Ka, FM02-06, percent (section 4.2). */
    public static final double[] MEASURED = {26.40, 0.36, 25.17, 12.38, 12.28, 0.81, 22.20, 0.41};
    /** Simulated ratios for a cloud of 0.110 pixel and 5.4 channels of noise, percent (section 4.3). */
    public static final double[] SIMULATED = {26.15, 0.37, 25.44, 12.73, 12.77, 0.63, 21.42, 0.49};

    /**
     * Adds the shapes of calibration-source events in a PI range.
     *
     * @param shapes {@link EventTally#shapes()}
     * @param piLow lowest PI
     * @param piHigh highest PI
     */
    public static BranchingRatios of(long[][] shapes, int piLow, int piHigh) {
        long[] counts = new long[8];
        for (int pi = Math.max(0, piLow); pi <= Math.min(piHigh, shapes.length - 1); pi++) {
            for (int g = 0; g < counts.length; g++) {
                counts[g] += shapes[pi][g];
            }
        }
        return new BranchingRatios(counts);
    }

    /** Grade of a 3x3 by its shape; an L without its corner counts as 6. */
    static int grade(short[] phas, int at, double split) {
        int bits = 0;
        for (int k = 0; k < EventPixels.INNER; k++) {
            bits |= phas[at + k] >= split ? 1 << k : 0;
        }
        int g = GradeRule.grade(bits);
        return g == GradeRule.L_WITHOUT_CORNER ? 6 : g;
    }

    /** All events. */
    public long total() {
        long sum = 0;
        for (long c : counts) {
            sum += c;
        }
        return sum;
    }

    /** Share of a grade, percent. */
    public double percent(int grade) {
        return total() == 0 ? 0 : 100.0 * counts[grade] / total();
    }

    /** Share of the X-ray grades, percent. */
    public double good() {
        double sum = 0;
        for (int g = 0; g < counts.length; g++) {
            sum += Grade.isGood(g) ? percent(g) : 0;
        }
        return sum;
    }

    /** Largest distance from other ratios, points of percent. */
    public double distance(double[] others) {
        double most = 0;
        for (int g = 0; g < counts.length; g++) {
            most = Math.max(most, Math.abs(percent(g) - others[g]));
        }
        return most;
    }
}
