// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.pipeline.kernel.BiasLevel;

/**
 * Takes the frames of one segment one by one and gives their dark; its memory does not grow with their number beyond a
 * fixed bound. One thread.
 */
public sealed interface DarkEstimator permits TrimmedMean, FrameMedian, FollowingDark {
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

    /** The dark of the frames taken; there must be at least one, or a dark to begin with. */
    DarkMap result();
}
