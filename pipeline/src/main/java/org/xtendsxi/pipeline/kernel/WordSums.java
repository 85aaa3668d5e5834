// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;

/**
 * Exact sums over stored pixel words (pixel value - 32768).
 *
 * @param count number of words
 * @param sum their sum
 * @param squares sum of their squares
 * @param low the lowest; the highest short if there is none
 * @param high the highest; the lowest short if there is none
 */
public record WordSums(int count, long sum, long squares, int low, int high) {
    static final WordSums NONE = new WordSums(0, 0, 0, Short.MAX_VALUE, Short.MIN_VALUE);

    /** Sums over the words of both. */
    public WordSums plus(WordSums o) {
        return new WordSums(count + o.count, sum + o.sum, squares + o.squares, Math.min(low, o.low),
                Math.max(high, o.high));
    }

    /** The same of n words given by their distances from a reference. */
    static WordSums about(int reference, int n, long sum, long squares, int low, int high) {
        return new WordSums(n, sum + (long) n * reference,
                squares + 2 * reference * sum + (long) n * reference * reference, low, high);
    }

    /**
     * Sums over the overclock, pixel by pixel.
     *
     * @param over which pixels
     * @return of even and of odd RAWX
     */
    static WordSums[] of(MemorySegment pixels, FrameGeometry g, Overclock over) {
        WordSums[] out = {NONE, NONE};
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
            out[parity] = out[parity].plus(new WordSums(over.lastRow() - over.firstRow(), sum, squares, low, high));
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
