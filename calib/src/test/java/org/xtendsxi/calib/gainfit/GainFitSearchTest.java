// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;

/** What random cases against the independent model of the gain fit found (docs/validation-model.md). */
@Tag("non-regression")
class GainFitSearchTest {
    private static final LineSet LINE = new LineSet("X", new double[] {6000}, new double[] {2}, new double[] {1}, 6000);

    private static GainFitSettings settings(Compat compat, String... more) {
        Map<String, String> given = new HashMap<>(Map.of("evchannel", "6", "broadening", "100", "extraspread", "240",
                "calcerr", "yes", "writeerrfunc", "yes"));
        for (String word : more) {
            given.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        return GainFitSettings.of(Parameters.of("ahgainfit", GainFitParameters.all(), given), compat);
    }

    /** A group whose spectrum is a triangle about a channel. */
    private static Group triangle(int centre, int height) {
        List<Double> all = new ArrayList<>();
        for (int d = -height; d <= height; d++) {
            for (int n = Math.abs(d); n < height; n++) {
                all.add((double) (centre + d));
            }
        }
        return new Group(0, 0, 1, 1, all.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Test
    void aStepToTheVeryLimitCounts() {
        OptionalDouble zero = Crossing.walk(w -> w - 9, 0, w -> w + 5, 0, 10, true, 1e-3);
        assertThat(zero.orElseThrow()).isCloseTo(9, within(1e-3));
        assertThat(Crossing.walk(w -> w - 9, 0, w -> w + 5, 0, 9.9, true, 1e-3)).isEmpty();
    }

    @Test
    void inStrictTheLastStepDoesNotHangOnTheLastDigit() {
        assertThat(failures(Compat.HEASOFT_6_20)).isBetween(1L, 199L);
        assertThat(failures(Compat.STRICT)).isZero();
    }

    private static long failures(Compat compat) {
        return IntStream.range(0, 200).filter(i -> Double.isNaN(settledAt(compat, 0.013 * i))).count();
    }

    /** The shift of a fit whose zero lies in the last step allowed; NaN if the step was not taken. */
    private static double settledAt(Compat compat, double offset) {
        GainFitSettings s = settings(compat, "searchstepshift=0.35", "maxdshift=0.7");
        LineMesh mesh = LineMesh.of(LINE, s);
        double[] model = Curve.shifted(mesh.profile(), mesh.step(), offset + 0.5);
        Moments start = new Moments(mesh.moments().mean() + offset, 1);
        return new GroupFit(mesh, s, model, start).solve().map(GroupFit.Solution::shift).orElse(Double.NaN);
    }

    @Test
    void aStepShorterThanTheToleranceIsNotHalved() {
        assertThat(Crossing.bisect(x -> x - 0.3, 0, -0.3, 1, 2)).isEqualTo(1);
        assertThat(Crossing.bisect(x -> x - 0.3, 0, -0.3, 1, 0.5)).isEqualTo(0.5);
    }

    @Test
    void curvesAreCountedFromTheFitAndNormalised() {
        DriftRow row = row(settings(Compat.HEASOFT_6_20), 1001);
        ErrorCurve e = row.shiftError();
        assertThat(e.grid()[0]).isEqualTo(-e.grid()[e.grid().length - 1]);
        double integral = Arrays.stream(e.likelihood()).sum() * (e.grid()[1] - e.grid()[0]);
        assertThat(integral).isCloseTo(1, within(1e-12));
    }

    @Test
    void aPeakAtTheEndGivesZerosInTheReferenceAndNoNumberInStrict() {
        String[] narrow = {"fitwidth=yes", "broadening=12", "nerrwidth=3", "widtherrfac=1.0001", "r2tol=0.01"};
        ErrorCurve reference = row(settings(Compat.HEASOFT_6_20, narrow), 1001).widthError();
        assertThat(reference.chi2()).containsOnly(0);
        assertThat(reference.sigmaChi2()).isZero();
        ErrorCurve strict = row(settings(Compat.STRICT, narrow), 1001).widthError();
        assertThat(strict.chi2()).doesNotContain(0);
        assertThat(strict.sigmaChi2()).isNaN();
    }

    private static DriftRow row(GainFitSettings s, int centre) {
        DriftRow row = DriftRow.of(LineMesh.of(LINE, s), s, triangle(centre, 18));
        assertThat(row.fittedWell()).isTrue();
        return row;
    }

    @Test
    void exposureOfAGroupThatAGapEndsHasItsOwnGapTime() {
        GtiList gti = GtiList.of(List.of(new Gti(0, 3), new Gti(5, 40)));
        List<Group> all = new ArrayList<>();
        Grouping g = new Grouping(new Grouping.Rules(10, 2, 8, 0, true, false), Optional.of(gti), all::add);
        for (double t : new double[] {0, 1, 6, 20, 21}) {
            g.accept(t, t, 0);
        }
        g.finish(0);
        assertThat(all).extracting(Group::elapsed).containsExactly(6.0, 1.0);
        assertThat(all).extracting(Group::exposure).containsExactly(4.0, 1.0);
    }

    @Test
    void atTheEndTheReferenceTakesTheGapTimeOfTheRowReadLast() {
        GtiList gti = GtiList.of(List.of(new Gti(0, 3), new Gti(5, 9)));
        for (double last : new double[] {1, 0, Double.NaN}) {
            List<Group> all = new ArrayList<>();
            Grouping g = new Grouping(new Grouping.Rules(10, 2, -1, 0, true, false), Optional.of(gti), all::add);
            g.accept(0, 0, 0);
            g.accept(1, 0, 1);
            g.accept(6, 0, 0);
            g.accept(7, 0, 1);
            g.finish(last);
            double gap = last == 0 ? 2 : 0;
            assertThat(all).extracting(Group::exposure).containsExactly(6 - gap, 6 - gap);
        }
    }
}
