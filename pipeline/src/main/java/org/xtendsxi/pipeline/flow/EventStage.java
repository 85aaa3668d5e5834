// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.fits.Keywords;
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
        Opened open(StageContext context);
    }

    /**
     * A stage ready to work.
     *
     * @param writes columns it writes, in the form of this run
     * @param step what it does to a chunk
     * @param header keywords it sets
     */
    record Opened(List<Column> writes, EventStep step, Keywords header) {
    }

    /** A stage that writes what its contract says and sets no keyword. */
    static EventStage plain(StageSpec spec, java.util.function.Function<StageContext, EventStep> opener) {
        return new EventStage(spec, c -> new Opened(spec.writes(), opener.apply(c), new Keywords()));
    }
}
