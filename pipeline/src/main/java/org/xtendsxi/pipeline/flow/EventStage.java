// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import org.xtendsxi.pipeline.stage.EventStep;
import org.xtendsxi.pipeline.stage.StageSpec;

/**
 * A stage on events in the flow: its contract, and how it is opened for a run.
 *
 * @param spec contract
 * @param opener loads what the stage needs
 */
record EventStage(StageSpec spec, Opener opener) {
    /** Opens a stage. */
    @FunctionalInterface
    interface Opener {
        /** Loads calibration and fixes parameters. */
        EventStep open(StageContext context);
    }
}
