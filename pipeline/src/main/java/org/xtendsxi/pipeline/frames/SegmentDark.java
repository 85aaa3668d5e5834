// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.util.Optional;
import org.xtendsxi.pipeline.dark.DarkCounts;
import org.xtendsxi.pipeline.dark.DarkResidual;
import org.xtendsxi.pipeline.dark.LightLeak;

/**
 * What the exposure table says of the dark of one segment in one cycle.
 *
 * @param age time since the newest frame that is in the dark, s; NaN if there is no dark
 * @param residual what is left above the dark
 * @param stale bits of {@link org.xtendsxi.pipeline.dark.StaleRule}
 * @param counts what a following dark did with this frame
 * @param leak light leak, if measured
 * @param common rms of the common mode, adu; NaN if not measured
 */
public record SegmentDark(double age, DarkResidual residual, int stale, DarkCounts counts, Optional<LightLeak> leak,
        double common) {
    /** Nothing is known: the segment was not read out. */
    public static final SegmentDark NONE = new SegmentDark(Double.NaN, new DarkResidual(Double.NaN, Double.NaN), 0,
            DarkCounts.NONE, Optional.empty(), Double.NaN);
}
