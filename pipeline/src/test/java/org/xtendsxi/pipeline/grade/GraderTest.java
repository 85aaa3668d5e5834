// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.table.GradePatternTable;
import org.xtendsxi.pipeline.pulse.EventFixture;
import org.xtendsxi.pipeline.pulse.NullReason;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.stage.Compat;

/** Grades and sums of single events (energy-chain section 8). */
class GraderTest {
    private record Graded(int grade, double sum, int firstGrade, long status, int reason) {
    }

    private static Graded grade(Compat compat, int badPixels, double threshold, double slope, int outer, int masked,
            double... q) {
        Grader grader = new Grader(new Grader.Settings(badPixels, true, compat),
                SplitThreshold.of(threshold, slope, Compat.STRICT), SuzakuPatterns.table());
        try (EventChunk c = EventFixture.chunk(0, 1)) {
            EventFixture.set(c, "P_OUTER_MOST", outer);
            int[] mask = new int[9];
            for (int k = 0; k < 9; k++) {
                mask[k] = masked >> k & 1;
            }
            c.put("PHAS_MASK", mask);
            PulseBatch b = PulseBatch.of(c);
            Grader.Result r = new Grader.Result(1);
            grader.apply(b, 0, 1, q, r);
            return new Graded(r.grade()[0], r.sum()[0], r.firstGrade()[0], b.status()[0], b.reason()[0]);
        }
    }

    private static Graded strict(double... q) {
        return grade(Compat.STRICT, 2, 15, 0, 0, 0, q);
    }

    @Test
    void thresholdItselfCountsAsAbove() {
        assertThat(strict(500, 0, 15, 0, 0, 0, 0, 0, 0).grade()).isEqualTo(2);
        assertThat(strict(500, 0, Math.nextDown(15.0), 0, 0, 0, 0, 0, 0).grade()).isZero();
    }

    @Test
    void leftAndRightSplitsAreThreeAndFour() {
        assertThat(strict(500, 0, 0, 0, 20, 0, 0, 0, 0)).extracting(Graded::grade, Graded::sum)
                .containsExactly(3, 520.0);
        assertThat(strict(500, 0, 0, 0, 0, 20, 0, 0, 0).grade()).isEqualTo(4);
    }

    @Test
    void cornerOfAnLShapeIsAddedEvenIfNegative() {
        assertThat(strict(500, -7, 20, 0, 30, 0, 0, 0, 0)).extracting(Graded::grade, Graded::sum)
                .containsExactly(6, 543.0);
    }

    @Test
    void cornerAboveBothEdgesMakesGradeEleven() {
        assertThat(strict(500, 41, 40, 0, 40, 0, 0, 0, 0).grade()).isEqualTo(11);
        assertThat(strict(500, 40, 40, 0, 40, 0, 0, 0, 0).grade()).as("strictly above").isEqualTo(6);
    }

    @Test
    void outerRingMakesTenOrKeepsSeven() {
        int pixel16 = 1 << 16 - 9;
        assertThat(grade(Compat.STRICT, 2, 15, 0, pixel16, 0, 500, 0, 0, 0, 20, 0, 0, 0, 0).grade()).isEqualTo(10);
        assertThat(grade(Compat.STRICT, 2, 15, 0, pixel16, 0, 500, 0, 0, 0, 20, 20, 0, 0, 0).grade()).isEqualTo(7);
        assertThat(strict(500, 0, 0, 0, 20, 20, 0, 0, 0)).extracting(Graded::grade, Graded::sum)
                .containsExactly(9, 540.0);
    }

    @Test
    void secondThresholdFollowsThePulseHeight() {
        Graded g = grade(Compat.STRICT, 2, 15, 0.01, 0, 0, 500, 0, 0, 0, 20, 0, 0, 0, 0);
        assertThat(g).extracting(Graded::firstGrade, Graded::grade, Graded::sum).containsExactly(3, 0, 500.0);
    }

    @Test
    void sumIsLimitedToTheChannels() {
        assertThat(strict(4000, 0, 2000, 0, 0, 0, 0, 0, 0).sum()).isEqualTo(4095);
    }

    @Test
    void eventsThatCannotBeGradedAreNullAndFlagged() {
        double[] nan = {500, Double.NaN, 0, 0, 0, 0, 0, 0, 0};
        assertThat(strict(nan)).isEqualTo(new Graded(-1, Double.NaN, -1, StatusFlag.NULL_IN_CORRECTION.bit(),
                NullReason.GRADING.ordinal()));
        assertThat(strict(-1, 0, 0, 0, 0, 0, 0, 0, 0).grade()).isEqualTo(-1);
        assertThat(strict(Double.POSITIVE_INFINITY, 0, 0, 0, 0, 0, 0, 0, 0).sum()).isEqualTo(4095);
    }

    @Test
    void maskedPixelsFollowBadpixopt() {
        double[] q = {500, 0, 0, 0, 20, 0, 0, 0, 0};
        assertThat(grade(Compat.STRICT, 1, 15, 0, 0, 1 << 4, q).grade()).isEqualTo(3);
        assertThat(grade(Compat.STRICT, 2, 15, 0, 0, 1 << 4, q).grade()).isZero();
        assertThat(grade(Compat.STRICT, 3, 15, 0, 0, 1 << 4, q).grade()).isEqualTo(-1);
        assertThat(grade(Compat.STRICT, 2, 15, 0, 0, 1, q).grade()).as("masked centre").isEqualTo(-1);
    }

    @Test
    void maskedCornerOfAnLShapeCountsNothingInStrict() {
        double[] q = {500, 10, 20, 0, 30, 0, 0, 0, 0};
        assertThat(grade(Compat.STRICT, 2, 15, 0, 0, 1 << 1, q).sum()).isEqualTo(550);
        assertThat(grade(Compat.HEASOFT_6_20, 2, 15, 0, 0, 1 << 1, q)).as("quirk Q15")
                .extracting(Graded::grade, Graded::sum).containsExactly(6, 0.0);
    }

    @Test
    void wholeNumberThresholdsAreAQuirk() {
        assertThat(SplitThreshold.of(20.7, 0.02, Compat.HEASOFT_6_20).offset(0)).isEqualTo(20);
        assertThat(SplitThreshold.of(20.7, 0.02, Compat.HEASOFT_6_20).slope(0)).isZero();
        assertThat(SplitThreshold.of(20.7, 0.02, Compat.STRICT).slope(0)).isEqualTo(0.02);
    }

    @Test
    void strictRefusesAPatternTableWithHoles() {
        SplitThreshold t = SplitThreshold.of(15, 0, Compat.STRICT);
        assertThatThrownBy(() -> new Grader(new Grader.Settings(2, true, Compat.STRICT), t, GradePatternTable.empty()))
                .isInstanceOf(SxiException.class).hasMessageContaining("not complete");
    }
}
