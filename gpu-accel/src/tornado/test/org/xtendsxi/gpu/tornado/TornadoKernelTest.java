// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.Hits;
import org.xtendsxi.pipeline.kernel.KernelCheck;
import org.xtendsxi.pipeline.kernel.Search;

/** The contract of kernels on a device: one frame per launch, and all in one. */
@Tag("validation")
class TornadoKernelTest {
    @ParameterizedTest
    @MethodSource("cases")
    void findsEveryPixelAtTheThresholdAndFewOthers(KernelCheck.Case c) {
        assertThat(KernelCheck.failure(Device.kernel(), c)).isEmpty();
    }

    static List<KernelCheck.Case> cases() {
        return KernelCheck.cases();
    }

    /** Neighbours in a launch do not matter, nor does what an earlier launch left on the device. */
    @Test
    void anyMixtureInOneLaunchGivesTheSame() {
        ExtractionKernel kernel = Device.kernel();
        List<KernelCheck.Case> mixed = new ArrayList<>(KernelCheck.cases());
        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(mixed, new Random(seed));
            List<KernelCheck.Case> some = mixed.subList(0, 50 + 40 * seed);
            List<Search> together = some.stream().map(TornadoKernelTest::search).toList();
            kernel.scanAll(together);
            List<Search> alone = some.stream().map(TornadoKernelTest::search).toList();
            alone.forEach(s -> kernel.scan(s.plane(), s.threshold(), s.rows(), s.hits()));
            assertThat(IntStream.range(0, some.size())
                    .allMatch(i -> Arrays.equals(together.get(i).hits().toArray(),
                            alone.get(i).hits().toArray())))
                    .isTrue();
        }
    }

    private static Search search(KernelCheck.Case c) {
        return new Search(c.plane(), c.threshold(), c.rows(), new Hits());
    }

    @Test
    void theSelfTestTellsADeviceThatLosesPixels() {
        ExtractionKernel kernel = Device.kernel();
        assertThat(SelfTest.failure(kernel::scanAll)).isEmpty();
        assertThat(SelfTest.failure(all -> kernel.scanAll(all.subList(0, all.size() - 1)))).isPresent();
    }

    @Test
    void saysWhatItRunsOnAndWhatItCost() {
        assertThat(String.join("\n", Device.kernel().notes()))
                .contains("device", "first launch", "copy in", "copy out");
    }
}
