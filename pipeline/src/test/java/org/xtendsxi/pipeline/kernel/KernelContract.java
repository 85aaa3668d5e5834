// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;

/** What every kernel must fulfil; a test of a kernel extends it. */
public abstract class KernelContract {
    /** The kernel to test. */
    protected abstract ExtractionKernel kernel();

    /**
     * A situation.
     *
     * @param name for the report
     * @param plane frame with its levels
     * @param threshold lowest pulse height wanted
     * @param rows rows to search
     * @param slack most candidates that may be below the threshold
     */
    protected record Case(String name, PixelPlane plane, int threshold, RowBlocks rows, int slack) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsEveryPixelAtTheThresholdAndFewOthers(Case c) {
        Hits hits = new Hits();
        kernel().scan(c.plane(), c.threshold(), c.rows(), hits);
        assertThat(hits.toArray()).isSorted().doesNotHaveDuplicates();
        List<Integer> wanted = new ArrayList<>();
        int width = c.plane().geometry().active();
        for (int y = 0; y < c.rows().rows(); y++) {
            for (int x = 0; x < width && c.rows().inside(y); x++) {
                if (c.plane().height(x, y) >= c.threshold()) {
                    wanted.add(y * width + x);
                }
            }
        }
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            assertThat(c.rows().inside(hits.get(i) / width)).as("row of %d", hits.get(i)).isTrue();
            found.add(hits.get(i));
        }
        assertThat(found).containsAll(wanted);
        assertThat(found.size() - wanted.size()).as("candidates below the threshold").isLessThanOrEqualTo(c.slack());
    }

    static Stream<Case> cases() {
        List<Case> all = new ArrayList<>();
        int[] widths = {1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 320, 321};
        for (boolean inverted : new boolean[] {false, true}) {
            for (int i = 0; i < widths.length; i++) {
                FrameGeometry g = new FrameGeometry(i % 5, widths[i], 2 + i % 3, i % 2, 6 + i % 4, i % 3);
                all.add(noise("width " + widths[i] + (inverted ? " inverted" : ""), g, new Adc(12, inverted), i));
            }
            FrameGeometry g = new FrameGeometry(3, 320, 4, 1, 16, 2);
            Adc twelve = new Adc(12, inverted);
            Adc sixteen = new Adc(16, inverted);
            String sign = inverted ? " inverted" : "";
            all.add(flat("plateau at the threshold" + sign, g, twelve, 1040, 1000, 0, 40, 0));
            all.add(flat("plateau one below" + sign, g, twelve, 1039, 1000, 0, 40, 0));
            all.add(flat("fractions add to just the half" + sign, g, twelve, 1040, 1000.25, 0.25, 40, 0));
            all.add(flat("fractions add to more than the half" + sign, g, twelve, 1040, 1000.5, 0.25, 40, 5120));
            all.add(flat("fractions beyond one" + sign, g, twelve, 1041, 1000.75, 0.75, 40, 0));
            all.add(flat("high rail" + sign, g, sixteen, 65535, 0, 0, 32767, 0));
            all.add(flat("low rail" + sign, g, sixteen, 0, 65535, 0, -100, 0));
            all.add(flat("threshold at the clip" + sign, g, sixteen, 0, 65535, 100, -32767, 0));
            all.add(flat("negative threshold" + sign, g, sixteen, 10, 12, 0, -3, 0));
            all.add(flat("dark at the rail" + sign, g, sixteen, 65535, 100, 65435, 40, 5120));
            all.add(flat("dark beyond 16 bits" + sign, g, sixteen, 65535, 20, 60000, 5515, 0));
            all.add(flat("dark far below" + sign, g, sixteen, 3, 60000, -59998, 1, 0));
            all.add(flat("bias beyond 15 bits, dark high" + sign, g, sixteen, 65535, 65000, 500, 35, 0));
            all.add(perRow("bias per row" + sign, g, twelve));
            all.add(new Case("blocks" + sign, noise("", g, twelve, 99).plane(), 40, new RowBlocks(16, 4, 1), 5120));
        }
        return all.stream();
    }

    private static Case noise(String name, FrameGeometry g, Adc adc, int seed) {
        SplittableRandom r = new SplittableRandom(seed);
        double[] dark = r.doubles((long) g.active() * g.rows(), -3, 30).toArray();
        MemorySegment pixels = Arena.ofAuto().allocate(2L * g.pixels(), 2);
        for (int i = 0; i < g.pixels(); i++) {
            put(pixels, i, adc.value(1000 + r.nextInt(60) + (r.nextInt(50) == 0 ? r.nextInt(3000) : 0)));
        }
        BiasLevel bias = BiasLevel.ofFrame(990 + r.nextDouble(20), 990 + r.nextDouble(20));
        return new Case(name, new PixelPlane(pixels, g, adc, bias, DarkLevel.of(dark)), 40,
                new RowBlocks(g.rows(), g.rows(), 0), g.active() * g.rows() / 10);
    }

    private static Case flat(String name, FrameGeometry g, Adc adc, int value, double bias, double dark, int threshold,
            int slack) {
        double[] levels = new double[g.active() * g.rows()];
        Arrays.fill(levels, dark);
        byte[] words = new byte[2 * g.pixels()];
        for (int i = 0; i < g.pixels(); i++) {
            put(MemorySegment.ofArray(words), i, adc.value(value));
        }
        return new Case(name, new PixelPlane(MemorySegment.ofArray(words), g, adc, BiasLevel.ofFrame(bias, bias),
                DarkLevel.of(levels)), threshold, new RowBlocks(g.rows(), g.rows(), 1), slack);
    }

    private static Case perRow(String name, FrameGeometry g, Adc adc) {
        PixelPlane p = noise("", g, adc, 5).plane();
        SplittableRandom r = new SplittableRandom(6);
        BiasLevel rows = BiasLevel.ofRows(r.doubles(2L * g.rows(), 950, 1050).toArray());
        return new Case(name, new PixelPlane(p.pixels(), g, adc, rows, p.dark()), 40,
                new RowBlocks(g.rows(), g.rows(), 1), g.active() * g.rows() / 10);
    }

    private static void put(MemorySegment pixels, int index, int value) {
        pixels.set(SegmentFrame.WORD, 2L * index, (short) (value - SegmentFrame.ZERO));
    }
}
