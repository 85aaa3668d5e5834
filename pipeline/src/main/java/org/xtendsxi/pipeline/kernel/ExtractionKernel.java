// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.util.List;

/** Searches a frame for pixels whose pulse height may reach a threshold. Kernels are stateless and may be shared. */
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
}
