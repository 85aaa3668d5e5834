// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xtendsxi.pipeline.stage.Compat;

/** The energy tasks against outputs of the public tools of HEASoft 6.20. */
@Tag("validation")
class GoldenEnergyTest {
    static List<String> cases() {
        return GoldenReplay.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowsCarriedByTheRepositoryAreReproduced(String name, @TempDir Path work) {
        check(GoldenReplay.carried(), name, work);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void wholeCollectionIsReproduced(String name, @TempDir Path work) {
        Optional<Path> shared = GoldenReplay.shared();
        assumeTrue(shared.isPresent(), "no golden collection beside the repository (property sxi.shared)");
        check(shared.get(), name, work);
    }

    private static void check(Path collection, String name, Path work) {
        List<GoldenReplay.Outcome> outcomes = new GoldenReplay(collection, name, work).run(Compat.HEASOFT_6_20);
        assertThat(outcomes).isNotEmpty().allSatisfy(o -> {
            assertThat(o.rows()).isPositive();
            assertThat(o.differences()).as(o.step()).isEmpty();
        });
    }
}
