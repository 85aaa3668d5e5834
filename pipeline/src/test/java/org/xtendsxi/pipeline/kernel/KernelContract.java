// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kernel must fulfil; a test of a kernel extends it. */
@Tag("validation")
abstract class KernelContract {
    /** The kernel to test. */
    protected abstract ExtractionKernel kernel();

    @ParameterizedTest
    @MethodSource("cases")
    void findsEveryPixelAtTheThresholdAndFewOthers(KernelCheck.Case c) {
        assertThat(KernelCheck.failure(kernel(), c)).isEmpty();
    }

    static List<KernelCheck.Case> cases() {
        return KernelCheck.cases();
    }
}
