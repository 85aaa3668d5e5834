// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.util.Optional;
import org.xtendsxi.pipeline.bias.SegmentBias;
import org.xtendsxi.pipeline.dark.DarkCounts;
import org.xtendsxi.pipeline.dark.LevelBuffer;
import org.xtendsxi.pipeline.kernel.DarkLevel;

/**
 * Bias and dark of one segment frame, ready for extraction.
 *
 * @param bias bias
 * @param dark dark; none if the segment was not read out
 * @param age time since the newest frame in the dark, s
 * @param counts what a following dark did with the frame
 * @param held memory of the dark to release after use
 */
record SegmentLevels(SegmentBias bias, Optional<DarkLevel> dark, double age, DarkCounts counts,
        Optional<LevelBuffer> held) {
    boolean usable() {
        return dark.isPresent();
    }
}
