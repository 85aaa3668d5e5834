// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.xtendsxi.caldb.frame.FrameGeometry;

/**
 * The search with vectors of 16-bit words straight from the big-endian file words, nothing decoded.
 *
 * <p>Offset and dark floor are added with saturation, which can only loosen the test; rows whose levels are beyond 16
 * bits take the scalar way. Vectors have an even number of lanes, so one offset vector serves even and odd columns of a
 * row.
 */
public final class SimdKernel implements ExtractionKernel {
    private static final VectorSpecies<Short> SPECIES = ShortVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public String id() {
        return "simd";
    }

    @Override
    public void scan(PixelPlane plane, int threshold, RowBlocks rows, Hits hits) {
        Cut cut = new Cut(plane, threshold);
        short[] line = new short[LANES];
        boolean perRow = plane.bias().perRow();
        boolean fits = !perRow && offsets(cut, 0, line);
        for (int y = 0; y < rows.rows(); y++) {
            if (!rows.inside(y)) {
                continue;
            }
            if (perRow ? offsets(cut, y, line) : fits) {
                int done = plane.adc().inverted() ? inverted(plane, y, line, hits) : upright(plane, y, line, hits);
                ScalarKernel.row(plane, cut, y, done, hits);
            } else {
                ScalarKernel.row(plane, cut, y, 0, hits);
            }
        }
    }

    @Override
    public PixelSums[] overclock(MemorySegment pixels, FrameGeometry geometry, PixelSums.Overclock over) {
        return SimdSums.of(pixels, geometry, over);
    }

    /** Fills the offsets of a row, even and odd columns in turn; false if 16 bits do not do. */
    private static boolean offsets(Cut cut, int y, short[] line) {
        if (!cut.shortArithmetic(y)) {
            return false;
        }
        short even = cut.shortOffset(y, 0);
        short odd = cut.shortOffset(y, 1);
        for (int i = 0; i < LANES; i += 2) {
            line[i] = even;
            line[i + 1] = odd;
        }
        return true;
    }

    /** Searches the whole vectors of a row for words at or above dark + offset; returns the columns done. */
    private static int upright(PixelPlane plane, int y, short[] line, Hits hits) {
        FrameGeometry g = plane.geometry();
        MemorySegment pixels = plane.pixels();
        short[] dark = plane.dark().floors();
        ShortVector offset = ShortVector.fromArray(SPECIES, line, 0);
        long at = 2L * g.index(0, y);
        int first = y * g.active();
        int end = SPECIES.loopBound(g.active());
        for (int x = 0; x < end; x += LANES) {
            ShortVector limit = ShortVector.fromArray(SPECIES, dark, first + x).lanewise(VectorOperators.SADD, offset);
            ShortVector words = ShortVector.fromMemorySegment(SPECIES, pixels, at + 2L * x, BIG_ENDIAN);
            VectorMask<Short> found = words.compare(VectorOperators.GE, limit);
            if (found.anyTrue()) {
                report(found, first + x, hits);
            }
        }
        return end;
    }

    /** The same for inverted polarity: words at or below offset - dark. */
    private static int inverted(PixelPlane plane, int y, short[] line, Hits hits) {
        FrameGeometry g = plane.geometry();
        MemorySegment pixels = plane.pixels();
        short[] dark = plane.dark().floors();
        ShortVector offset = ShortVector.fromArray(SPECIES, line, 0);
        long at = 2L * g.index(0, y);
        int first = y * g.active();
        int end = SPECIES.loopBound(g.active());
        for (int x = 0; x < end; x += LANES) {
            ShortVector limit = offset.lanewise(VectorOperators.SSUB, ShortVector.fromArray(SPECIES, dark, first + x));
            ShortVector words = ShortVector.fromMemorySegment(SPECIES, pixels, at + 2L * x, BIG_ENDIAN);
            VectorMask<Short> found = words.compare(VectorOperators.LE, limit);
            if (found.anyTrue()) {
                report(found, first + x, hits);
            }
        }
        return end;
    }

    private static void report(VectorMask<Short> found, int first, Hits hits) {
        for (long bits = found.toLong(); bits != 0; bits &= bits - 1) {
            hits.add(first + Long.numberOfTrailingZeros(bits));
        }
    }
}
