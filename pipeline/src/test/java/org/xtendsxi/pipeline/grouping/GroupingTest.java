// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.error.SxiException;

/** Bins by hand, and the optimal width against the formula of the paper and its known ends. */
class GroupingTest {
    @Test
    void binsCloseAsSoonAsTheyHaveTheirCounts() {
        Grouping g = Grouping.minimum(new long[] {9, 1, 2, 3, 0, 5, 1, 1}, new int[] {1, 7}, 5);
        assertThat(g.flags()).containsExactly(1, 1, -1, -1, 1, -1, 1, -1);
        assertThat(g.quality()).containsExactly(5, 0, 0, 0, 0, 0, 2, 2);
        assertThat(g.bins()).isEqualTo(2);
    }

    @Test
    @Tag("validation")
    void widthIsContinuousWhereItStartsToFall() {
        // x = 2.119 where the bin stops to be a full width: exp(2.119) counts of a single element
        double edge = Math.exp(2.119);
        assertThat(Grouping.ratio(edge * 0.999, 1)).isEqualTo(1);
        assertThat(Grouping.ratio(edge * 1.001, 1)).isCloseTo(1, within(1e-3));
        assertThat(Grouping.ratio(0, 100)).isEqualTo(1);
    }

    /** Numbers of the approximation for x = ln(N (1 + 0.2 ln R)), worked out by hand from the formula. */
    @ParameterizedTest
    @Tag("validation")
    @CsvSource({"100, 1, 0.7386", "10000, 1, 0.5250", "10000, 100, 0.5057"})
    void moreCountsDeserveFinerBins(double counts, double elements, double expected) {
        double x = Math.log(counts * (1 + 0.2 * Math.log(elements)));
        double byHand = (0.08 * x * x + 7 * x + 1.8) / (x * x + 5.9 * x);
        assertThat(Grouping.ratio(counts, elements)).isCloseTo(byHand, within(1e-12)).isCloseTo(expected, within(1e-4));
    }

    @Test
    void noOptimalBinIsWiderThanItsChannelsAllow() {
        long[] counts = new long[400];
        Arrays.setAll(counts, c -> c < 200 ? 0 : 1000);
        double[] fwhm = new double[400];
        Arrays.setAll(fwhm, c -> 8 + c / 50.0);
        Grouping g = Grouping.optimal(counts, new int[] {0, 399}, fwhm, 0);
        assertThat(sizes(g, 0, 180)).allSatisfy(s -> assertThat(s).isBetween(8, 12));
        assertThat(sizes(g, 220, 385)).allSatisfy(s -> assertThat(s).isBetween(3, 8));
        assertThat(Arrays.stream(g.quality()).sum()).isZero();
        Grouping filled = Grouping.optimal(counts, new int[] {0, 399}, fwhm, 25);
        assertThat(sizes(filled, 0, 100)).as("one bin reaches to the counts").containsExactly(201);
    }

    /** Sizes of the bins that start within a range. */
    private static List<Integer> sizes(Grouping g, int from, int to) {
        return IntStream.rangeClosed(from, to).filter(c -> g.flags()[c] == 1).map(c -> {
            int end = c + 1;
            while (end < g.flags().length && g.flags()[end] == -1) {
                end++;
            }
            return end - c;
        }).boxed().toList();
    }

    @Test
    void unknownRulesAreRefused() {
        assertThat(GroupRule.parse("optimal:20")).isEqualTo(new GroupRule(true, 20));
        assertThat(GroupRule.parse("min:25")).isEqualTo(new GroupRule(false, 25));
        assertThatThrownBy(() -> GroupRule.parse("min")).isInstanceOf(SxiException.class).hasMessageContaining("min:COUNTS");
    }
}
