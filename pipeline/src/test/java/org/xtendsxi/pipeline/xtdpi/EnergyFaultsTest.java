// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.pipeline.stage.Compat;

/**
 * Rows whose PHA, PI or GRADE change when one fault of the reference is mended and no other: the counts of
 * docs/differences.md. {@code target/differences.txt} lists them with the columns that change.
 */
@Tag("validation")
class EnergyFaultsTest {
    @ParameterizedTest
    @CsvSource({"base, Q1, 0, 0", "base, Q2, 0, 0", "base, Q5, 0, 0", "base, Q6, 102, 102", "base, Q7, 0, 0",
        "base, Q8, 0, 0", "base, Q9, 0, 0", "base, Q12, 0, 0", "base, Q15, 27, 27", "base, Q16, 0, 0",
                "base, Q24, 0, 0",
        "base, R12, 4, 8", "window, Q6, 67, 67", "window, Q15, 4, 4", "noci, Q6, 31, 31", "noci, Q15, 12, 12",
        "base, Q6-Q15-R12, 133, 137"})
    void oneFaultMended(String name, String fault, int first, int second, @TempDir Path work) throws IOException {
        Optional<Path> shared = GoldenReplay.shared();
        assumeTrue(shared.isPresent(), "no golden collection beside the repository (property sxi.shared)");
        Compat compat = Compat.of("heasoft-6.20-" + fault).orElseThrow();
        List<GoldenReplay.Outcome> passes = new GoldenReplay(shared.get(), name, work).run(compat).stream()
                .filter(o -> o.step().contains("sxipi")).toList();
        for (GoldenReplay.Outcome o : passes) {
            Files.writeString(Path.of("target/differences.txt"),
                    name + " " + fault + " " + o.step() + ": " + o.rowsOff()
                    + " rows; " + o.differences() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        assertThat(passes.stream().map(GoldenReplay.Outcome::rowsOff)).containsExactly(first, second);
    }
}
