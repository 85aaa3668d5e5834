// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;

/**
 * Sums over the overclock with vectors of eight words, taken as distances from the means of the first
 * column and of the last.
 *
 * <p>An overclock without X-rays spreads over few adu, so distances and their squares fit; where they do not, the plain
 * sums are made. Each 32-bit lane holds a word of even and one of odd place, split by shifts.
 */
final class SimdSums {
    private static final VectorSpecies<Short> WORDS = ShortVector.SPECIES_128;
    private static final VectorSpecies<Integer> PAIRS = IntVector.SPECIES_128;
    private static final int LANES = 8;
    /** Largest distance; its square times the most words of a lane is below 2^31. */
    private static final int REACH = 255;
    private static final int MOST = Integer.MAX_VALUE / (REACH * REACH);

    private SimdSums() {
    }

    static PixelSums[] of(MemorySegment pixels, FrameGeometry g, PixelSums.Overclock over) {
        int columns = (g.over() - over.skip()) / LANES * LANES;
        int rows = over.lastRow() - over.firstRow();
        if (columns <= 0 || rows <= 0 || (long) rows * columns / LANES > MOST) {
            return PixelSums.of(pixels, g, over);
        }
        int x = g.overStart() + over.skip();
        long start = 2L * (over.firstRow() * g.width() + x);
        // the loads of this light loop do not wait on each other, and bring the lines of all rows
        long first = 0;
        long last = 0;
        for (int row = 0; row < rows; row++) {
            long at = start + 2L * row * g.width();
            first += pixels.get(SegmentFrame.WORD, at);
            last += pixels.get(SegmentFrame.WORD, at + 2L * columns - 2);
        }
        int even = (int) (first / rows);
        int odd = (int) (last / rows);
        ShortVector reference = IntVector.broadcast(PAIRS, odd << 16 | even & 0xffff).reinterpretAsShorts();
        ShortVector low = ShortVector.broadcast(WORDS, Short.MAX_VALUE);
        ShortVector high = ShortVector.broadcast(WORDS, Short.MIN_VALUE);
        IntVector sumEven = IntVector.zero(PAIRS);
        IntVector sumOdd = sumEven;
        IntVector squaresEven = sumEven;
        IntVector squaresOdd = sumEven;
        for (int row = 0; row < rows; row++) {
            long at = start + 2L * row * g.width();
            for (int k = 0; k < columns; k += LANES) {
                ShortVector words = ShortVector.fromMemorySegment(WORDS, pixels, at + 2L * k, BIG_ENDIAN);
                low = low.min(words);
                high = high.max(words);
                IntVector pair = words.sub(reference).reinterpretAsInts();
                IntVector e = pair.lanewise(LSHL, 16).lanewise(ASHR, 16);
                IntVector o = pair.lanewise(ASHR, 16);
                sumEven = sumEven.add(e);
                sumOdd = sumOdd.add(o);
                squaresEven = squaresEven.add(e.mul(e));
                squaresOdd = squaresOdd.add(o.mul(o));
            }
        }
        int[] ends = {extreme(low, 0, true), extreme(high, 0, false), extreme(low, 1, true), extreme(high, 1, false)};
        if (Math.max(even - ends[0], ends[1] - even) > REACH || Math.max(odd - ends[2], ends[3] - odd) > REACH) {
            return PixelSums.of(pixels, g, over);
        }
        int n = rows * columns / 2;
        PixelSums[] sums = {
            PixelSums.about(even, n, sum(sumEven), sum(squaresEven), ends[0], ends[1]),
            PixelSums.about(odd, n, sum(sumOdd), sum(squaresOdd), ends[2], ends[3])};
        PixelSums[] rest = PixelSums.of(pixels, g, new PixelSums.Overclock(over.skip() + columns, over.firstRow(),
                over.lastRow()));
        int parity = g.active() + over.skip() & 1;
        return new PixelSums[] {sums[parity].plus(rest[0]), sums[1 - parity].plus(rest[1])};
    }

    private static long sum(IntVector v) {
        long s = 0;
        for (int lane : v.toArray()) {
            s += lane;
        }
        return s;
    }

    private static int extreme(ShortVector v, int from, boolean lowest) {
        short[] lanes = v.toArray();
        int out = lanes[from];
        for (int i = from + 2; i < LANES; i += 2) {
            out = lowest ? Math.min(out, lanes[i]) : Math.max(out, lanes[i]);
        }
        return out;
    }
}
