// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;

/** Sums over the overclock of all kernels against sums over lists of pixel values. */
@Tag("validation")
class PixelSumsTest {
    private static final List<ExtractionKernel> KERNELS = List.of(new ScalarKernel(), new SimdKernel());

    @ParameterizedTest
    @CsvSource({"1000, 0, 9, false", "1000, 0, 9, true", "1000, 400, 9, false", "1000, -400, 255, false",
        "3000, 300, 256, true", "30000, 2000, 257, false", "32768, 0, 1, false", "0, 0, 65536, false",
                "0, 0, 65536, true",
        "65535, 0, 1, false", "0, 65535, 1, true", "0, 1, 2, false", "65280, 0, 256, false"})
    void sumsAreExact(int level, int oddMore, int spread, boolean inverted) {
        Adc adc = new Adc(16, inverted);
        SplittableRandom random = new SplittableRandom(level + spread);
        for (int over : new int[] {1, 2, 7, 8, 9, 15, 16, 17, 24, 31, 40}) {
            FrameGeometry g = new FrameGeometry(over % 3, 5 + over % 2, over, 1, 9, 2);
            byte[] bytes = new byte[2 * g.pixels()];
            MemorySegment pixels = MemorySegment.ofArray(bytes);
            for (int i = 0; i < g.pixels(); i++) {
                int parity = (i % g.width() - g.under()) & 1;
                pixels.set(SegmentFrame.WORD, 2L * i,
                        (short) (level + parity * oddMore + random.nextInt(spread) - SegmentFrame.ZERO));
            }
            for (int skip = 0; skip < Math.min(3, over); skip++) {
                for (PixelSums.Overclock part : List.of(new PixelSums.Overclock(skip, 0, g.height()),
                        new PixelSums.Overclock(skip, 1, 10), new PixelSums.Overclock(skip, 4, 5))) {
                    KERNELS.forEach(k -> assertSums(k, pixels, g, part, adc));
                }
            }
        }
    }

    private static void assertSums(ExtractionKernel kernel, MemorySegment pixels, FrameGeometry g,
            PixelSums.Overclock part, Adc adc) {
        PixelSums[] found = kernel.overclock(pixels, g, part);
        for (int parity = 0; parity < 2; parity++) {
            List<Long> values = new ArrayList<>();
            for (int row = part.firstRow(); row < part.lastRow(); row++) {
                for (int k = part.skip(); k < g.over(); k++) {
                    if ((g.active() + k & 1) == parity) {
                        int at = row * g.width() + g.overStart() + k;
                        values.add((long) adc.value(pixels.get(SegmentFrame.WORD, 2L * at) + SegmentFrame.ZERO));
                    }
                }
            }
            if (values.isEmpty()) {
                assertThat(found[parity]).isEqualTo(PixelSums.NONE);
                continue;
            }
            LongSummaryStatistics s = values.stream().mapToLong(v -> v).summaryStatistics();
            assertThat(found[parity].values(adc)).as("%s, %s, %s, parity %d", kernel.id(), g, part, parity)
                    .isEqualTo(new PixelSums(values.size(), s.getSum(), values.stream().mapToLong(v -> v * v).sum(),
                            (int) s.getMin(), (int) s.getMax()));
        }
    }
}
