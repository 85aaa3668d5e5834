// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;

/** Choice of a kernel by name. */
class KernelsTest {
    private record Refusing(String id, int preference) implements KernelProvider {
        @Override
        public ExtractionKernel create() throws KernelUnavailableException {
            throw new KernelUnavailableException("no such device");
        }
    }

    private static final List<KernelProvider> SOME = List.of(new Refusing("tornado", 20), new ScalarProvider());

    @Test
    void autoTakesTheFastestThatWorksHere() {
        assertThat(Kernels.choose("auto", r -> { }).id()).isEqualTo("simd");
        assertThat(Kernels.choose("scalar", r -> { }).id()).isEqualTo("scalar");
    }

    @Test
    void autoPassesOverARefusalAndTellsTheReason() {
        List<String> refusals = new ArrayList<>();
        assertThat(Kernels.choose("auto", SOME, refusals::add).id()).isEqualTo("scalar");
        assertThat(refusals).singleElement().asString().contains("tornado").contains("no such device");
    }

    @Test
    void aKernelAskedForMustWork() {
        assertThatThrownBy(() -> Kernels.choose("tornado", SOME, r -> { })).isInstanceOf(SxiException.class)
                .hasMessageContaining("no such device");
        assertThatThrownBy(() -> Kernels.choose("cuda", SOME, r -> { })).isInstanceOf(SxiException.class)
                .hasMessageContaining("auto|tornado|scalar")
                .satisfies(e -> assertThat(((SxiException) e).exitCode()).isEqualTo(ExitCode.USAGE));
    }
}
