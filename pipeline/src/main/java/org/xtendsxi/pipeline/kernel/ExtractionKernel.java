// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.caldb.frame.FrameGeometry;

/**
 * The work on all pixels of a frame: sums over the overclock, and the search for pixels whose pulse height may reach a
 * threshold. Kernels are stateless and may be shared.
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
