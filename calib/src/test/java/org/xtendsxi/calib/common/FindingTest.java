// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.command.Console;

/** A fit that does not describe its data is told, once, and good ones are not. */
@Tag("non-regression")
class FindingTest {
    private static Finding of(String parameter, double chi2, int degrees) {
        return new Finding(3, -1, parameter, "", 1, 0.1, chi2, degrees, 1000);
    }

    @Test
    void poorFitsAreTold() {
        ResultConsole console = new ResultConsole(Console.silent());
        Finding.tellPoor(List.of(of("NORM", 110, 100), of("INDEX", 110, 100), of("A", 450, 90), of("B", 450, 90),
                of("C", 190, 80), of("D", 9, 3)), console);
        assertThat(console.warnings()).singleElement().asString().startsWith("2 of 4 fits are poor, worst that of A ")
                .contains("chi-squared 450", "90 degrees");
    }

    @Test
    void goodFitsAreNot() {
        ResultConsole console = new ResultConsole(Console.silent());
        Finding.tellPoor(List.of(of("NORM", 130, 100), of("FEW", 9, 3), of("NONE", 5, 0)), console);
        assertThat(console.warnings()).isEmpty();
    }
}
