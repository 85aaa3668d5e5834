// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.xtendsxi.caldb.frame.FrameGeometry;

/**
 * The work on all pixels of a frame: sums over the overclock, and the search for pixels whose pulse height may reach a
 * threshold. Kernels may be shared by threads.
 */
public interface ExtractionKernel {
    /** Name under which it is chosen and recorded. */
    String id();

    /**
     * Finds candidates.
     *
     * <p>Every active pixel in a row inside its block whose {@link PixelPlane#height} is at or above the threshold must
     * be found; pixels below it may be found too, as long as they are few. Other rows give nothing.
     *
     * @param plane frame with its levels
     * @param threshold lowest pulse height wanted
     * @param rows rows to search
     * @param hits takes the candidates in ascending order of RAWY*width + RAWX
     */
    void scan(PixelPlane plane, int threshold, RowBlocks rows, Hits hits);

    /** Searches several frames, each as {@link #scan} does; a device takes them in few launches. */
    default void scanAll(List<Search> searches) {
        searches.forEach(s -> scan(s.plane(), s.threshold(), s.rows(), s.hits()));
    }

    /** Segment frames that are best given at once to {@link #scanAll}; 1 if it makes no difference. */
    default int batch() {
        return 1;
    }

    /** In words, what the kernel runs on and what its work so far has cost; nothing for plain Java. */
    default List<String> notes() {
        return List.of();
    }

    /**
     * Sums over overclock pixels of a frame.
     *
     * @param pixels words of the frame
     * @param geometry layout of the frame
     * @param over which pixels
     * @return of even and of odd RAWX
     */
    default PixelSums[] overclock(MemorySegment pixels, FrameGeometry geometry, PixelSums.Overclock over) {
        return PixelSums.of(pixels, geometry, over);
    }
}
