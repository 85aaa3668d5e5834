// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.frame.SegmentFrame;

/** The check of kernels tells a wrong kernel, whatever it does wrong. */
@Tag("validation")
class KernelCheckTest {
    private static final ExtractionKernel SCALAR = new ScalarKernel();

    private interface Scan {
        void scan(PixelPlane plane, int threshold, RowBlocks rows, Hits hits);
    }

    private record Wrong(Scan what) implements ExtractionKernel {
        @Override
        public String id() {
            return "wrong";
        }

        @Override
        public void scan(PixelPlane plane, int threshold, RowBlocks rows, Hits hits) {
            what.scan(plane, threshold, rows, hits);
        }
    }

    private static void assertTold(Scan scan, String words) {
        assertThat(KernelCheck.firstFailure(new Wrong(scan))).hasValueSatisfying(
                m -> assertThat(m).startsWith("kernel wrong, ").contains(words));
    }

    /** Gives the hits of the right kernel that pass a filter. */
    private static Scan only(IntPredicate kept) {
        return (p, t, r, hits) -> {
            Hits all = new Hits();
            SCALAR.scan(p, t, r, all);
            Arrays.stream(all.toArray()).filter(kept).forEach(hits::add);
        };
    }

    @Test
    void aRightKernelPasses() {
        assertThat(KernelCheck.firstFailure(SCALAR)).isEmpty();
    }

    @Test
    void missingPixelsAreTold() {
        assertTold((p, t, r, h) -> { }, "missing");
        assertTold(only(pixel -> pixel != 0), "missing");
        assertTold((p, t, r, h) -> SCALAR.scan(p, t + 1, r, h), "missing");
    }

    @Test
    void theEndOfARowIsNotForgotten() {
        assertTold((p, t, r, h) -> {
            int width = p.geometry().active();
            only(pixel -> pixel % width < width / 8 * 8).scan(p, t, r, h);
        }, "missing");
    }

    @Test
    void wrongLevelsAreTold() {
        assertTold((p, t, r, h) -> SCALAR.scan(new PixelPlane(p.pixels(), p.geometry(), p.adc(), p.bias(),
                DarkLevel.zero(p.dark().pixels())), t, r, h), "");
        assertTold((p, t, r, h) -> SCALAR.scan(new PixelPlane(p.pixels(), p.geometry(), p.adc(),
                BiasLevel.ofFrame(p.bias().at(0, 1), p.bias().at(0, 0)), p.dark()), t, r, h), "");
        assertTold((p, t, r, h) -> SCALAR.scan(new PixelPlane(p.pixels(), p.geometry(), new Adc(p.adc().bits(), false),
                p.bias(), p.dark()), t, r, h), "inverted");
        assertTold((p, t, r, h) -> SCALAR.scan(new PixelPlane(p.pixels(), p.geometry(), new Adc(12,
                p.adc().inverted()), p.bias(), p.dark()), t, r, h), "inverted");
    }

    /** Sums that wrap round in 16 bits, the trap of a device without saturating arithmetic. */
    @Test
    void wrappingArithmeticIsTold() {
        assertTold((p, t, r, h) -> {
            for (int i = 0, w = p.geometry().active(); i < w * r.rows(); i++) {
                short word = p.pixels().get(SegmentFrame.WORD, 2L * p.geometry().index(i % w, i / w));
                int level = t + (int) Math.floor(p.bias().at(i / w, i % w % 2)) + (int) Math.floor(p.dark().at(i));
                short cut = (short) (p.adc().inverted() ? p.adc().max() - level - SegmentFrame.ZERO
                        : level - SegmentFrame.ZERO);
                if (r.inside(i / w) && (p.adc().inverted() ? word <= cut : word >= cut)) {
                    h.add(i);
                }
            }
        }, "missing");
    }

    @Test
    void pixelsTooManyAreTold() {
        assertTold((p, t, r, h) -> {
            for (int i = 0; i < p.dark().pixels(); i++) {
                h.add(i);
            }
        }, "below the threshold");
        assertTold((p, t, r, h) -> SCALAR.scan(p, t, new RowBlocks(r.rows(), r.rows(), 0), h), "not asked for");
        assertTold((p, t, r, h) -> {
            SCALAR.scan(p, t, r, h);
            h.add(p.dark().pixels());
        }, "beyond the frame");
    }

    @Test
    void wrongOrderIsTold() {
        assertTold((p, t, r, h) -> {
            Hits all = new Hits();
            SCALAR.scan(p, t, r, all);
            for (int i = all.size() - 1; i >= 0; i--) {
                h.add(all.get(i));
            }
        }, "follows");
        assertTold((p, t, r, h) -> {
            SCALAR.scan(p, t, r, h);
            if (h.size() > 0) {
                h.add(h.get(h.size() - 1));
            }
        }, "follows");
    }
}
