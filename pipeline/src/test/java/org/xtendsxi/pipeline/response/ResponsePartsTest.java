// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.table.ResponseTable;

/** Grouping, grids, channels and weights by hand. */
class ResponsePartsTest {
    private static final double[] LINE = {.160, .05, .03, .25, 1.74, .01, .12, 1.74, .004, .09, .02};

    /** Two squares of 10 pixels side by side, and another shape that is given clockwise. */
    private static ResponseTable regions() {
        double[][] e = {{0, 1}, {0, 1}};
        double[][] terms = Arrays.stream(LINE).mapToObj(v -> new double[] {v, v}).toArray(double[][]::new);
        return ResponseTable.of(0, new int[] {1, 10, 10, 1, 21, 21, 30, 30}, new int[] {1, 1, 10, 10, 1, 10, 10, 1}, e,
                new double[][][] {terms, terms});
    }

    private static Wmap map(int nx, int ny, double... values) {
        return new Wmap(new Keywords(), nx, ny, 10, 5, 5, values);
    }

    @Test
    void groupsOpenAboveAndCloseBelowTheThreshold() {
        double[] row = {1, 2, 3, 2, 1, 3, 2, 0, 2, 3};
        Groups g = Groups.of(row, 2);
        assertThat(g.first()).containsExactly(2, 5, 9);
        assertThat(g.count()).containsExactly(2, 2, 1);
        assertThat(g.values(row)).containsExactly(3, 2, 3, 2, 3);
        assertThat(g.elements()).isEqualTo(5);
        assertThat(Groups.of(new double[] {3, 3}, 2).count()).containsExactly(2);
        assertThat(Groups.of(new double[] {Double.NaN, Double.NaN}, 2).size()).isZero();
        assertThat(Groups.of(new double[] {2, 1}, 2).size()).isZero();
    }

    @Test
    void gridsFollowEachOther() {
        EnergyGrid g = EnergyGrid.parse(200, "2, 24", "5900,500");
        assertThat(g.size()).isEqualTo(6400);
        assertThat(g.low(0)).isEqualTo(0.2);
        assertThat(g.high(5899)).isCloseTo(12, within(1e-12));
        assertThat(g.low(5900)).isCloseTo(12, within(1e-12));
        assertThat(g.centre(5900)).isCloseTo(12.012, within(1e-12));
        assertThat(g.high(6399)).isCloseTo(24, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"2,24; 5900", "2; 0", "2; 1.5", "-2; 5", "2,; 5,6", "a; 1", "2; 2000000"})
    void badGridsAreUsageErrors(String dein, String nchanin) {
        assertThatThrownBy(() -> EnergyGrid.parse(200, dein, nchanin)).isInstanceOfSatisfying(SxiException.class,
                e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void channelsClampAndNeverBeginAtZero() {
        Channels c = new Channels(0, 0.006, 100);
        assertThat(c.of(-1)).isZero();
        assertThat(c.of(0.0121)).isEqualTo(2);
        assertThat(c.of(9)).isEqualTo(99);
        assertThat(c.centre(0)).isEqualTo(0.003);
        assertThat(c.writtenLow(0)).isCloseTo(0.0006, within(1e-15));
        assertThat(c.writtenLow(1)).isEqualTo(0.006);
        assertThat(new Channels(0.1, 0.006, 100).writtenLow(0)).isEqualTo(0.1);
    }

    /** Cells of a row begin at DETX 5, 15, 25; of a column at DETY 5, 15. */
    @Test
    void weightsAreTheSharesOfTheRegions() {
        Wmap map = map(3, 2, 3, 100, 1, 7, 7, 7);
        assertThat(RegionWeights.of(map, regions(), false)).containsExactly(0.75, 0.25);
    }

    @Test
    void referenceReadsTheMapTransposed() {
        Wmap map = map(3, 2, 3, 100, 1, 7, 8, 9);
        assertThat(RegionWeights.of(map, regions(), true)).containsExactly(3.0 / 11, 8.0 / 11);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, true", "0, 5, 10, true", "0, 5, 5, true", "0, 11, 5, false", "0, 50, 10, false",
        "1, 21, 3, true", "1, 25, 5, true", "1, 31, 5, false"})
    void edgesBelongToARegionButNotTheirProlongation(int region, int x, int y, boolean inside) {
        assertThat(RegionWeights.inside(regions(), region, x, y, false)).isEqualTo(inside);
    }

    @Test
    void referenceTakesProlongedEdgesForInside() {
        assertThat(RegionWeights.inside(regions(), 0, 50, 10, true)).isTrue();
        assertThat(RegionWeights.inside(regions(), 0, 50, 11, true)).isFalse();
    }

    @Test
    void mapWithoutEventsInRegionsIsAnError() {
        Wmap map = map(2, 1, 0, 9);
        assertThatThrownBy(() -> RegionWeights.of(map, regions(), false)).isInstanceOf(SxiException.class)
                .hasMessageContaining("no event lies in a region");
    }
}
