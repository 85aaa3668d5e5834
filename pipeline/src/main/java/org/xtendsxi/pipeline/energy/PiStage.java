// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.energy;

import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Stage {@code pi}: from summed pulse height to PI (energy-chain section 9); switched off, PI is PHA. */
public final class PiStage {
    /** The contract. */
    public static final StageSpec SPEC = new StageSpec("pi", "gain, to PI",
            List.of(EventColumns.CCD_ID, EventColumns.SEGMENT, EventColumns.READNODE, EventColumns.PHA),
            List.of(EventColumns.PI), List.of("GAIN"), List.of(), List.of(StageSpec.ENABLED));

    private PiStage() {
    }
}
