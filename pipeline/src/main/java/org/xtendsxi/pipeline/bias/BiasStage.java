// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bias;

import java.util.List;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Contract of the bias stage: it works on frames and writes no event column. */
public final class BiasStage {
    /** The contract. */
    public static final StageSpec SPEC = new StageSpec("bias", "Bias of every frame from the horizontal overclock",
            List.of(), List.of(), List.of(), List.of(), List.of(
                    Parameter.choice("method", List.of("mean", "median", "trimmed"), "estimator of the level"),
                    Parameter.choice("per", List.of("frame", "row"), "one level per frame or per row"),
                    Parameter.yesNo("split", true, "even and odd RAWX have levels of their own"),
                    Parameter.choice("rows", List.of("imaging", "all"),
                            "rows whose overclock is used: imaging rows, or the blank rows too"),
                    Parameter.integer("skip", "pixel", 0, 1000, 0,
                            "overclock pixels next to the imaging area left out"),
                    Parameter.real("trim", "", 0, 0.49, 0.1,
                            "part dropped at each end by method=trimmed"),
                    Parameter.real("ringing", "adu", 0, 65535, 100,
                            "overclock pixels farther than this from their median are left out and counted; 0: none")));

    private BiasStage() {
    }
}
