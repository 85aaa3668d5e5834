// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.util.List;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Contract of the dark stage: it works on frames and writes no event column. */
public final class DarkStage {
    /** The contract. */
    public static final StageSpec SPEC = new StageSpec("dark", "Dark level of every pixel, fixed for the run",
            List.of(), List.of(), List.of(), List.of(), List.of(
                    Parameter.choice("method", List.of("auto", "trimmed", "median", "none"),
                            "trimmed mean of dark frames, or median of the first raw frames; auto: as there are files"),
                    Parameter.integer("trim", "frame", 0, 100, 3,
                            "frames dropped per pixel at each end by the trimmed mean; fewer if there are few frames"),
                    Parameter.integer("frames", "frame", 1, 1001, 21, "raw frames used by the median"),
                    Parameter.real("hot", "adu", 0, 65535, 100, "level above which a pixel is listed as hot")));

    private DarkStage() {
    }
}
