// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu.tornado;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.Hits;
import org.xtendsxi.pipeline.kernel.KernelCheck;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.kernel.RowBlocks;
import org.xtendsxi.pipeline.kernel.Search;

/** All situations of {@link KernelCheck} searched at once, as the frames of a run are. */
final class SelfTest {
    private SelfTest() {
    }

    /** What a search of many frames got wrong first, in words; empty if nothing. */
    static Optional<String> failure(Consumer<List<Search>> search) {
        List<KernelCheck.Case> cases = KernelCheck.cases();
        List<Search> all = cases.stream().map(c -> new Search(c.plane(), c.threshold(), c.rows(), new Hits())).toList();
        search.accept(all);
        return IntStream.range(0, cases.size())
                .mapToObj(i -> KernelCheck.failure(new Answer(all.get(i).hits()), cases.get(i)))
                .flatMap(Optional::stream).findFirst();
    }

    /** Hands over what was found before. */
    private record Answer(Hits found) implements ExtractionKernel {
        @Override
        public String id() {
            return "tornado";
        }

        @Override
        public void scan(PixelPlane plane, int threshold, RowBlocks rows, Hits hits) {
            for (int i = 0; i < found.size(); i++) {
                hits.add(found.get(i));
            }
        }
    }
}
