// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;

/**
 * Exact sums over pixels: over stored words (pixel - 32768), or over values.
 *
 * @param count number of pixels
 * @param sum their sum
 * @param squares sum of their squares
 * @param low the lowest; the highest short if there is none
 * @param high the highest; the lowest short if there is none
 */
public record PixelSums(int count, long sum, long squares, int low, int high) {
    static final PixelSums NONE = new PixelSums(0, 0, 0, Short.MAX_VALUE, Short.MIN_VALUE);

    /** Sums over the pixels of both. */
    public PixelSums plus(PixelSums o) {
        return new PixelSums(count + o.count, sum + o.sum, squares + o.squares, Math.min(low, o.low),
                Math.max(high, o.high));
    }

    /** Sums over values that rise with charge, out of sums over stored words. */
    public PixelSums values(Adc adc) {
        int zero = adc.value(SegmentFrame.ZERO);
        int sign = adc.inverted() ? -1 : 1;
        return new PixelSums(count, (long) count * zero + sign * sum,
                (long) count * zero * zero + 2L * sign * zero * sum + squares,
                zero + (adc.inverted() ? -high : low), zero + (adc.inverted() ? -low : high));
    }

    /** Sums over n words given by their distances from a reference. */
    static PixelSums about(int reference, int n, long sum, long squares, int low, int high) {
        return new PixelSums(n, sum + (long) n * reference,
                squares + 2 * reference * sum + (long) n * reference * reference, low, high);
    }

    /**
     * Sums over the overclock, pixel by pixel.
     *
     * @param over which pixels
     * @return of even and of odd RAWX
     */
    static PixelSums[] of(MemorySegment pixels, FrameGeometry g, Overclock over) {
        PixelSums[] out = {NONE, NONE};
        for (int k = over.skip(); k < g.over(); k++) {
            long sum = 0;
            long squares = 0;
            int low = Short.MAX_VALUE;
            int high = Short.MIN_VALUE;
            for (int row = over.firstRow(); row < over.lastRow(); row++) {
                int word = pixels.get(SegmentFrame.WORD, 2L * (row * g.width() + g.overStart() + k));
                sum += word;
                squares += (long) word * word;
                low = Math.min(low, word);
                high = Math.max(high, word);
            }
            int parity = g.active() + k & 1;
            out[parity] = out[parity].plus(new PixelSums(over.lastRow() - over.firstRow(), sum, squares, low, high));
        }
        return out;
    }

    /**
     * Overclock pixels of a frame: of some rows, counted in the frame, all but the first columns.
     *
     * @param skip overclock columns left out next to the imaging area
     * @param firstRow first row
     * @param lastRow row after the last
     */
    public record Overclock(int skip, int firstRow, int lastRow) {
    }
}
