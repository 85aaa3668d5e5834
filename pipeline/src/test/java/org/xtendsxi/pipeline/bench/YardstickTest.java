// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.error.SxiException;

/** A workload beside a program whose speed is known. */
@Tag("non-regression")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the yardstick of the test is a shell script")
class YardstickTest {
    @TempDir
    Path dir;

    private Path script(String answer) throws IOException {
        Path p = Files.writeString(dir.resolve("yardstick"), "#!/bin/sh\nwhile read -r line; do echo " + answer
                + "; done\n");
        return Files.setPosixFilePermissions(p, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void theShareIsThatOfTheSpeedByTheClock() throws IOException {
        try (Yardstick four = new Yardstick(script("4.0"))) {
            assertThat(four.measure()).isEqualTo(4).isEqualTo(four.measure());
            Stopwatch.Speed s = Stopwatch.measure(new Workload("sum", "GB/s", 1, YardstickTest::work),
                    Optional.of(four));
            // the ratios are those of the blocks, so is their median
            assertThat(s.ratio()).isEqualTo(s.median() / 4);
        }
        assertThat(Stopwatch.measure(new Workload("sum", "GB/s", 1, YardstickTest::work), Optional.empty()).ratio())
                .isNaN();
    }

    private static long work() {
        long sum = 1;
        for (int i = 0; i < 100_000; i++) {
            sum += Integer.toString(i).length();
        }
        return sum;
    }

    @Test
    void programsThatAreNoneAreRefused() throws IOException {
        assertThatThrownBy(() -> new Yardstick(dir.resolve("none"))).isInstanceOf(SxiException.class)
                .hasMessageContaining("yardstick cannot be started").hasMessageContaining("benchmarks/yardstick/build");
        try (Yardstick words = new Yardstick(script("fast"))) {
            assertThatThrownBy(words::measure).isInstanceOf(SxiException.class).hasMessageContaining("does not answer");
        }
        try (Yardstick silent = new Yardstick(Path.of("/bin/true"))) {
            assertThatThrownBy(silent::measure).isInstanceOf(SxiException.class)
                    .hasMessageContaining("does not answer");
        }
    }
}
