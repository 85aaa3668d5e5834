// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.util.List;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Contract of the dark stage: it works on frames and writes no event column. */
public final class DarkStage {
    /** The contract. */
    public static final StageSpec SPEC = new StageSpec("dark",
            "Dark level of every pixel, fixed or following the frames",
            List.of(), List.of(), List.of(), List.of(), List.of(
                    Parameter.choice("method", List.of("auto", "trimmed", "median", "rollmean", "rollmedian", "running",
                            "none"), "trimmed mean of dark frames; median of the first raw frames; mean or median "
                            + "of the "
                            + "last ones; running update; auto: trimmed or median, as there are files"),
                    Parameter.integer("trim", "frame", 0, 100, 3,
                            "frames dropped per pixel at each end by the trimmed mean; fewer if there are few frames"),
                    Parameter.integer("frames", "frame", 1, 101, 21,
                            "raw frames used by the medians and the rolling mean; all of them are kept in memory"),
                    Parameter.real("high", "adu", 0, 65535, 30,
                            "a following dark rejects values farther above the level: photons and particles"),
                    Parameter.real("low", "adu", 0, 65535, 30,
                            "a following dark begins anew at values farther below the level"),
                    Parameter.real("weight", "", 1e-6, 1, 0.03125, "weight of a new frame in the running update"),
                    Parameter.real("hot", "adu", 0, 65535, 100, "level above which a pixel is listed as hot"),
                    Parameter.yesNo("common", false, "subtract the median of groups of pixels of a row: common mode"),
                    Parameter.integer("commonwidth", "pixel", 2, 320, 64, "pixels of a common-mode group"),
                    Parameter.choice("leak", List.of("no", "record", "yes"),
                            "light leak per area of every exposure: not measured, recorded, or recorded and "
                            + "subtracted"),
                    Parameter.integer("leakarea", "pixel", 4, 640, 64, "side of an area of the light-leak map"),
                    Parameter.real("leakclip", "adu", 0.5, 65535, 15,
                            "pixels farther than this from the median of their area do not count in its light leak"),
                    Parameter.real("maxage", "s", 0, 1e9, 86400, "age from which a dark is stale; 0: no limit"),
                    Parameter.real("maxresidual", "adu", 0, 65535, 3,
                            "mean residual of a sampled row from which the dark is stale; 0: no limit"),
                    Parameter.choice("stale", List.of("warn", "error"), "what a stale dark does to the run"),
                    Parameter.yesNo("write", false, "write levels and noise of the dark as images")));

    private DarkStage() {
    }
}
