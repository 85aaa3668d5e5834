// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.table.ResponseTable.Term;

/** One row of the matrix, in one region. */
class LineShapeTest {
    private static final Channels CHANNELS = new Channels(0, 6 * 0.001, 4096);
    private static final double[] LINE = {.160, .05, .03, .25, 1.74, .01, .12, 4.159, .004, .09, .02};

    private static double[] row(double kev, boolean faults, double... parameters) {
        double[] row = new double[CHANNELS.count()];
        new LineShape(CHANNELS, faults).add(kev, parameters, row);
        return row;
    }

    private static double[] with(Term term, double value) {
        double[] p = LINE.clone();
        p[term.ordinal()] = value;
        return p;
    }

    /** Energy-chain section 16. */
    @Tag("validation")
    @ParameterizedTest
    @CsvSource({"0, 1.910263463536891e-05", "100, 1.910263463536891e-05", "290, 2.538264724698051e-04",
        "692, 4.592097932313953e-04", "693, 4.602278323171213e-04", "974, 2.535899457665306e-02",
        "975, 2.698307219892481e-02", "983, 3.367849464530204e-02", "984, 3.342875662604512e-02",
        "1000, 1.048364164568718e-02", "1039, 9.397147200566e-07"})
    void publishedRow(int channel, double value) {
        assertThat(row(5.899, true, LINE)[channel]).isCloseTo(value, Percentage.withPercentage(1e-10));
    }

    @Tag("validation")
    @Test
    void publishedGroup() {
        Groups g = Groups.of(row(5.899, true, LINE), 1e-6);
        assertThat(g.first()).containsExactly(0);
        assertThat(g.count()).containsExactly(1039);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 1.8, 5.899, 12, 24.5, 30})
    void probabilitiesSumToOneThoughPartFallsOffTheRange(double kev) {
        double[] p = with(Term.ESCAPE_OFFSET, Math.min(1.74, kev));
        p[Term.FLUOR_OFFSET.ordinal()] = kev - 1.74;
        p[Term.PRIMARY_FWHM.ordinal()] = kev > 24.576 ? 5 : .16;
        p[Term.SECONDARY_FWHM.ordinal()] = kev > 24.576 ? 5 : .25;
        p[Term.ESCAPE_FWHM.ordinal()] = kev > 24.576 ? 5 : .12;
        assertThat(Arrays.stream(row(kev, false, p)).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void areasAreThoseOfTheTable() {
        double[] row = row(10, false, .01, 2, .03, .01, 4, .5, .01, 6, .2, .01, 0);
        double[] sums = new double[4];
        for (int i = 0; i < row.length; i++) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += Math.abs(CHANNELS.centre(i) - (10 - 2 * k)) < 0.5 ? row[i] : 0;
            }
        }
        assertThat(sums).usingComparatorWithPrecision(1e-12)
                .containsExactly(1 / 1.73, .03 / 1.73, .5 / 1.73, .2 / 1.73);
    }

    @Test
    void constantPartEndsAtTheEnergy() {
        double[] p = with(Term.CONST_AMP, 1e9);
        assertThat(Arrays.copyOf(row(5.899, false, p), 984)).usingComparatorWithPrecision(1e-9)
                .containsOnly(1.0 / 984);
        assertThat(row(5.899, false, p)[984]).isLessThan(1e-9);
    }

    @Test
    void peakFarBelowZeroSpoilsTheRowOnlyInTheReference() {
        double[] p = with(Term.ESCAPE_AMP, 0);
        assertThat(row(0.2, true, p)).containsOnly(Double.NaN);
        assertThat(Groups.of(row(0.2, true, p), 1e-6).size()).isZero();
        assertThat(Arrays.stream(row(0.2, false, p)).sum()).isBetween(0.99, 1.0 + 1e-12);
    }

    @Test
    void widthMustBePositive() {
        assertThatThrownBy(() -> row(5, false, with(Term.FLUOR_FWHM, 0))).isInstanceOf(SxiException.class)
                .hasMessageContaining("FLUOR_FWHM").hasMessageContaining("5.0 keV");
    }
}
