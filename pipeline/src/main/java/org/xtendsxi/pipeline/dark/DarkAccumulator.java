// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.pipeline.kernel.BiasLevel;

/** Takes the frames of one segment one by one; its memory does not grow with their number beyond a fixed bound. */
public interface DarkAccumulator {
    /**
     * Takes a frame.
     *
     * @param pixels words of the file; copied if needed
     * @param bias bias of this frame
     */
    void accept(MemorySegment pixels, BiasLevel bias);

    /** Frames taken. */
    int frames();

    /** Whether further frames would not change the result. */
    boolean full();

    /** The dark of the frames taken; there must be at least one. */
    DarkMap result();
}
