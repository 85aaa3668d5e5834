// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.util.List;
import java.util.Optional;

/**
 * The contract of {@link ExtractionKernel#scan}, checked against exact pulse heights: the tests of every kernel and the
 * self-test of a device kernel before its first frame.
 *
 * <p>A kernel that passes leads to the same events as any other, because candidates below the threshold are dropped by
 * the exact test that follows. Takes some milliseconds on a warm JVM; cases are small frames made from seeds, nothing
 * is read.
 */
public final class KernelCheck {
    private KernelCheck() {
    }

    /**
     * A situation.
     *
     * @param name for the report
     * @param plane frame with its levels
     * @param threshold lowest pulse height wanted
     * @param rows rows to search
     * @param slack most candidates that may be below the threshold
     */
    public record Case(String name, PixelPlane plane, int threshold, RowBlocks rows, int slack) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * All situations: widths from 1 beside and between vector lengths, plateaus, fractions about the rounding, rails of
     * 12-bit and 16-bit ADCs of both polarities, levels below zero and beyond 16 bits, window blocks, and random words
     * with random levels.
     */
    public static List<Case> cases() {
        return KernelCases.all();
    }

    /** The first situation in which a kernel fails, in words; empty if it passes all. */
    public static Optional<String> firstFailure(ExtractionKernel kernel) {
        return cases().stream().map(c -> failure(kernel, c)).flatMap(Optional::stream).findFirst();
    }

    /** What a kernel does wrong in one situation, in words; empty if nothing. */
    public static Optional<String> failure(ExtractionKernel kernel, Case c) {
        Hits hits = new Hits();
        kernel.scan(c.plane(), c.threshold(), c.rows(), hits);
        int[] found = hits.toArray();
        return unordered(found).or(() -> differs(c, found))
                .map(wrong -> "kernel " + kernel.id() + ", " + c.name() + ": " + wrong);
    }

    private static Optional<String> unordered(int[] found) {
        for (int i = 1; i < found.length; i++) {
            if (found[i] <= found[i - 1]) {
                return Optional.of("pixel " + found[i] + " follows " + found[i - 1]);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> differs(Case c, int[] found) {
        int width = c.plane().geometry().active();
        int next = 0;
        int below = 0;
        for (int pixel = 0; pixel < width * c.rows().rows(); pixel++) {
            boolean inside = c.rows().inside(pixel / width);
            boolean given = next < found.length && found[next] == pixel;
            boolean wanted = inside && c.plane().height(pixel % width, pixel / width) >= c.threshold();
            if (wanted && !given) {
                return Optional.of("pixel " + pixel + " at or above the threshold is missing");
            }
            if (given && !inside) {
                return Optional.of("pixel " + pixel + " is in a row not asked for");
            }
            next += given ? 1 : 0;
            below += given && !wanted ? 1 : 0;
        }
        if (next < found.length) {
            return Optional.of("pixel " + found[next] + " is beyond the frame");
        }
        return below <= c.slack() ? Optional.empty()
                : Optional.of(below + " candidates below the threshold, allowed " + c.slack());
    }
}
