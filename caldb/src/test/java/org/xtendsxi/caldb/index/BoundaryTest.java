// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;

/** Boundary expressions of frames-and-science section 5.4 and energy-chain section 11.1. */
class BoundaryTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "DATAMODE.eq.WINDOW1; DATAMODE(WINDOW1); true",
        "DATAMODE.eq.WINDOW1; DATAMODE(WINDOW2); false",
        "datamode.EQ.window1; DATAMODE(WINDOW1); true",
        "DATAMODE.eq.WINDOW; DATAMODE(WINDOW1); false",
        "DATAMODE.ne.WINDOW1; DATAMODE(WINDOW1); false",
        "DATAMODE.ne.WINDOW1; DATAMODE(WINDOW2); true",
        "DATAMODE.eq.WINDOW1.and.CISTATUS.eq.1; DATAMODE(WINDOW1)|CISTATUS(1); true",
        "DATAMODE.eq.WINDOW1.and.CISTATUS.eq.1; DATAMODE(WINDOW1)|CISTATUS(0); false",
        "DATAMODE.eq.WINDOW1.and.CISTATUS.eq.1; DATAMODE(WINDOW1); true",
        "DATAMODE.eq.WINDOW1.or.DATAMODE.eq.WINDOW2; DATAMODE(WINDOW2); true",
        "A.eq.1.or.B.eq.2.and.C.eq.3; A(1)|B(0)|C(0); true",
        "A.eq.1.or.B.eq.2.and.C.eq.3; A(0)|B(2)|C(0); false",
        "A.eq.2; A(1,2,3); true",
        "A.eq.4; A(1,2,3); false",
        "A.eq.\"ON\"; A(\"ON\"); true",
        "ENERG.eq.5; ENERG(2.5-7.5)keV; true",
        "ENERG.eq.8; ENERG(2.5-7.5)keV; false",
        "ENERG.ne.8; ENERG(2.5-7.5)keV; true",
        "ENERG.lt.2.5; ENERG(2.5-7.5)keV; false",
        "ENERG.le.2.5; ENERG(2.5-7.5)keV; true",
        "ENERG.gt.7.5; ENERG(2.5-7.5)keV; false",
        "ENERG.ge.7.5; ENERG(2.5-7.5)keV; true",
        "A.lt.3; A(2); true",
        "A.lt.2; A(2); false",
        "A.le.2; A(2); true",
        "A.gt.2; A(2); false",
        "A.ge.2; A(2); true",
        "A.eq.-3; A(-5--1); true",
        "CISTATUS.eq.1.0; CISTATUS(1); true"})
    void holdsOrNot(String expression, String boundaries, boolean holds) {
        List<String> row = Arrays.asList(boundaries.split("\\|"));
        assertThat(Boundary.parse(expression).holds(row)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void blankAlwaysHolds(String blank) {
        assertThat(Boundary.parse(blank).holds(List.of("DATAMODE(WINDOW2)"))).isTrue();
        assertThat(Boundary.parse(blank).holds(List.of())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATAMODE=WINDOW1", "DATAMODE.eq.", ".eq.WINDOW1", "DATAMODE.is.WINDOW1",
        "DATAMODE.eq.WINDOW1.and.", ".or.A.eq.1", "A.eq.1.and..and.B.eq.2", "A.eq.B.eq.C"})
    void refusesWhatItCannotRead(String expression) {
        assertThatThrownBy(() -> Boundary.parse(expression)).isInstanceOfSatisfying(SxiException.class,
                e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE)).hasMessageContaining("cannot be read");
    }
}
