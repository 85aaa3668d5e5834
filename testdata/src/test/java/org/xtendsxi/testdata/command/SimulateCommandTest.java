// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import picocli.CommandLine;

class SimulateCommandTest {
    @TempDir
    Path dir;

    private void simulate(String... words) {
        SimulateCommand c = new SimulateCommand();
        List<String> all = new ArrayList<>(List.of(dir.toString()));
        all.addAll(List.of(words));
        new CommandLine(c).parseArgs(all.toArray(String[]::new));
        c.run(Console.silent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--effects|noise,fog", "--scene|nebula", "--mode|window9", "--level|events",
        "--exposure|0", "--exposure|NaN", "--dark-cycles|-1", "--obsid|12345", "--ccds|0,4", "--ccds|x", "--ccds|0,3-1",
        "--ccds|1-2-3", "--ccds|2-"})
    void refusesWhatItCannotSimulate(String option, String value) {
        SxiException e = catchThrowableOfType(SxiException.class, () -> simulate(option, value));
        assertThat(e).isNotNull();
        assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(e).hasMessageContaining(option);
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void writesAnObservation() {
        simulate("--exposure", "3.9", "--ccds", "1,3-3", "--dark-cycles", "0", "--effects", "none", "--obsid",
                "123456789");
        assertThat(dir.resolve("123456789/xtend/frames/xa123456789xtd_p030000010_fr.fits")).exists();
        assertThat(dir.resolve("123456789/truth/photons.fits")).exists();
        assertThat(dir.resolve("123456789/xtend/frames/xa123456789xtd_p030000010_dk.fits")).doesNotExist();
    }
}
