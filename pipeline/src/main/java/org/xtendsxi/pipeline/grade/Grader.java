// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grade;

import java.util.List;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.GradePatternTable;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.pipeline.pulse.NullReason;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Fault;

/** Grade and summed pulse height, with the threshold that follows the pulse height (energy-chain section 8). */
public final class Grader {
    private static final int PIXELS = EventPixels.INNER;
    private static final double MASKED = -32768;
    private static final int GRADE_CORNER = 11;
    private static final int GRADE_OUTER = 10;
    private static final int GRADE_CONFINED = 9;
    private static final int MAX_PHA = Sxi.CHANNELS - 1;

    private final Settings settings;
    private final boolean keepsCorners;
    private final SplitThreshold threshold;
    private final HitPatterns patterns;

    /**
     * Choices of the step.
     *
     * @param badPixels badpixopt: 1 ignore the mask, 2 masked pixels count for nothing, 3 masked events are null
     * @param iterate whether the threshold is found in two steps (spthiter)
     * @param compat HEASoft 6.20 adds the -32768 of a masked corner of an L shape (Q15); strict adds 0
     */
    public record Settings(int badPixels, boolean iterate, Compat compat) {
    }

    /** Results of a batch, one value per event. */
    public static final class Result {
        private final int[] grade;
        private final double[] sum;
        private final int[] firstGrade;
        private final double[] firstSum;

        /** Room for a number of events, all null. */
        public Result(int rows) {
            grade = new int[rows];
            sum = new double[rows];
            firstGrade = new int[rows];
            firstSum = new double[rows];
        }

        /** GRADE, -1 for null. */
        public int[] grade() {
            return grade;
        }

        /** Summed pulse height, 0..4095 and not truncated, NaN for null, channels. */
        public double[] sum() {
            return sum;
        }

        /** Grade of the first threshold. */
        public int[] firstGrade() {
            return firstGrade;
        }

        /** Sum of the first threshold. */
        public double[] firstSum() {
            return firstSum;
        }

        private void none(int i) {
            set(i, Grade.NULL, Double.NaN);
            first(i, Grade.NULL, Double.NaN);
        }

        private void set(int i, int g, double pha) {
            grade[i] = g;
            sum[i] = pha;
        }

        private void first(int i, int g, double pha) {
            firstGrade[i] = g;
            firstSum[i] = pha;
        }
    }

    /** A grader; strict refuses a pattern table with holes, HEASoft 6.20 grades them 0. */
    public Grader(Settings settings, SplitThreshold threshold, GradePatternTable table) {
        if (!settings.compat().keeps(Fault.MISSING_ROW) && !table.complete()) {
            throw SxiException.calibration("hit-pattern table is not complete")
                    .limit("256 patterns with the centre set")
                    .todo("give a complete hit-pattern file").build();
        }
        this.settings = settings;
        this.keepsCorners = settings.compat().keeps(Fault.MASKED_CORNER);
        this.threshold = threshold;
        this.patterns = new HitPatterns(table);
    }

    /** Channel as the file stores it: truncated toward zero; NaN is the null channel. */
    public static int channel(double sum) {
        return Double.isNaN(sum) ? Sxi.NULL_CHANNEL : (int) sum;
    }

    /** Channels of many sums. */
    public static int[] channels(double[] sum) {
        int[] out = new int[sum.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = channel(sum[i]);
        }
        return out;
    }

    /**
     * Grades events from..to-1 and sets flag 30 of those that have no energy for want of a correction or a grade.
     *
     * @param b events
     * @param q corrected pulse heights, row-major [rows][9], channels
     * @param out results
     */
    public void apply(PulseBatch b, int from, int to, double[] q, Result out) {
        int[] ccd = b.ints("CCD_ID");
        int[] segment = b.ints("SEGMENT");
        int[] node = b.ints("READNODE");
        int[] outer = b.ints("P_OUTER_MOST");
        int[] masked = settings.badPixels() == 1 ? new int[b.rows()] : b.masked();
        byte[] reason = b.reason();
        double[] v = new double[PIXELS];
        for (int i = from; i < to; i++) {
            out.none(i);
            if (!b.lives(i)) {
                continue;
            }
            double[] pulses = q;
            int at = i * PIXELS;
            if (masked[i] != 0) {
                withoutMasked(q, at, masked[i], v);
                pulses = v;
                at = 0;
            }
            if ((settings.badPixels() != 3 || masked[i] == 0) && gradable(pulses, at)) {
                reason[i] = 0;
                grade(pulses, at, masked[i], outer[i], SegmentRow.of(ccd[i], segment[i], node[i]), out, i);
            } else {
                reason[i] = NullReason.GRADING.code();
            }
        }
        flagNulls(b, from, to);
    }

    private static void withoutMasked(double[] q, int at, int masked, double[] v) {
        for (int k = 0; k < PIXELS; k++) {
            v[k] = (masked >> k & 1) != 0 ? MASKED : q[at + k];
        }
    }

    /** Whether no pixel is NaN and the centre is not negative. */
    private static boolean gradable(double[] v, int at) {
        boolean ok = !(v[at] < 0);
        for (int k = at; k < at + PIXELS; k++) {
            ok &= v[k] == v[k];
        }
        return ok;
    }

    /** Raises flag 30 of events that have no energy because of their address, a correction or grading. */
    public static void flagNulls(PulseBatch b, int from, int to) {
        byte[] reason = b.reason();
        long[] status = b.status();
        for (int i = from; i < to; i++) {
            if (reason[i] == NullReason.RANGE.ordinal() || reason[i] >= NullReason.CORRECTION.ordinal()) {
                status[i] |= StatusFlag.NULL_IN_CORRECTION.bit();
            }
        }
    }

    private void grade(double[] v, int at, int masked, int outer, int segmentRow, Result out, int i) {
        double offset = threshold.offset(segmentRow);
        int pattern = pattern(v, at, offset);
        int g = finalGrade(v, at, pattern, outer);
        double sum = sum(v, at, pattern, masked);
        out.first(i, g, sum);
        if (settings.iterate()) {
            int second = pattern(v, at, threshold.slope(segmentRow) * sum + offset);
            if (second != pattern) {
                g = finalGrade(v, at, second, outer);
                sum = sum(v, at, second, masked);
            }
        }
        out.set(i, g, sum);
    }

    /**
     * How an event is graded at one threshold.
     *
     * @param threshold split threshold, channels
     * @param pattern pixels at or above it, bit i for pixel i
     * @param shape grade of the hit-pattern table, 0..8
     * @param touches whether the pattern reaches an outer pixel of P_OUTER_MOST
     * @param corner whether the corner of a square holds more than both its neighbours
     * @param grade final grade
     * @param sum summed pulse height, channels
     */
    public record Step(double threshold, int pattern, int shape, boolean touches, boolean corner, int grade,
            double sum) {
    }

    /**
     * Grades one event and tells how; both thresholds come even if the second changes nothing.
     *
     * @param q corrected pulse heights of the nine pixels, channels
     * @param mask PHAS_MASK, bit i for pixel i
     * @param outer P_OUTER_MOST
     * @param segmentRow {@link SegmentRow}
     * @return one step, or two if the threshold is iterated; none if the event cannot be graded
     */
    public List<Step> steps(double[] q, int mask, int outer, int segmentRow) {
        int masked = settings.badPixels() == 1 ? 0 : mask;
        double[] v = new double[PIXELS];
        withoutMasked(q, 0, masked, v);
        if (settings.badPixels() == 3 && masked != 0 || !gradable(v, 0)) {
            return List.of();
        }
        double offset = threshold.offset(segmentRow);
        Step first = step(v, offset, masked, outer);
        return settings.iterate()
                ? List.of(first, step(v, threshold.slope(segmentRow) * first.sum() + offset, masked, outer))
                : List.of(first);
    }

    private Step step(double[] v, double at, int masked, int outer) {
        int p = pattern(v, 0, at);
        return new Step(at, p, patterns.grade(p), patterns.touches(p, outer), patterns.square(p) && cornerWins(v, 0, p),
                finalGrade(v, 0, p, outer), sum(v, 0, p, masked));
    }

    private static int pattern(double[] v, int at, double threshold) {
        int bits = 0;
        for (int k = 0; k < PIXELS; k++) {
            bits |= v[at + k] >= threshold ? 1 << k : 0;
        }
        return bits;
    }

    private int finalGrade(double[] v, int at, int pattern, int outer) {
        int g = patterns.grade(pattern);
        if (g <= 1) {
            return g;
        }
        if (g == 7) {
            return patterns.touches(pattern, outer) ? g : GRADE_CONFINED;
        }
        if (patterns.square(pattern) && cornerWins(v, at, pattern)) {
            return GRADE_CORNER;
        }
        return patterns.touches(pattern, outer) ? GRADE_OUTER : g == HitPatterns.L_WITHOUT_CORNER ? 6 : g;
    }

    private static boolean cornerWins(double[] v, int at, int pattern) {
        for (int[] c : HitPatterns.CORNERS) {
            int all = 1 << c[0] | 1 << c[1] | 1 << c[2];
            if ((pattern & all) == all && v[at + c[0]] > v[at + c[1]] && v[at + c[0]] > v[at + c[2]]) {
                return true;
            }
        }
        return false;
    }

    /** The corner of an L shape is added even below the threshold (energy-chain section 8.5). */
    private double sum(double[] v, int at, int pattern, int masked) {
        double pha = v[at];
        for (long rest = patterns.summed(pattern); rest != 0; rest >>>= 4) {
            int k = (int) rest & 15;
            boolean nothing = !keepsCorners && (masked >> k & 1) != 0;
            pha += nothing ? 0 : v[at + k];
        }
        return pha < 0 ? 0 : pha > MAX_PHA ? MAX_PHA : pha;
    }
}
