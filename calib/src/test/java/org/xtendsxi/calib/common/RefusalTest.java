// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.pipeline.cli.Main;

/** Data that do not tell what is asked for are refused with the segment and what to do, and no file is written. */
@Tag("validation")
class RefusalTest {
    @TempDir
    static Path dir;
    private static Path events;

    @BeforeAll
    static void generate() {
        events = LineEvents.of(20_000, 4, s -> 6.15).write(dir.resolve("fe55.evt"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cti --min-counts 100                       | does not converge            | --fix
            cti --fix PARA_F_SCALE=30 --slow-scale     | does not converge            | --fix
            gain --lines MnKa,5900 --degree 1          | does not converge            | lower --degree
            gain --lines TiKa                          | too few events               | check lines
            gain --min-counts 100000                   | too few events               | --min-counts
            trail --bin 1                              | too few bins with events     | --bin
            trail --lines CuKa                         | too few events               | check lines
            splitthreshold --chance 0.00001            | too few pixels               | --chance
            evenodd --lines CuKa                       | too few events               | check lines
            goffset --min-counts 100000                | no grade group               | --min-counts
            rmfparam --lines CuKa                      | no line in the spectrum      | --lines
            rmfparam --lines MnKa --min-counts 50000   | too few events               | --min-counts
            """)
    void isRefused(String words, String message, String todo) {
        Path out = dir.resolve("out");
        List<String> all = new ArrayList<>(List.of("-q", "calib"));
        all.addAll(List.of(words.split(" ")));
        all.addAll(2 + 1, List.of(events.toString(), "--out", out.toString()));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        int code;
        try {
            code = Main.run(all.toArray(String[]::new));
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).contains(message).contains(todo);
        assertThat(code).isEqualTo(3);
        assertThat(out).doesNotExist();
    }
}
