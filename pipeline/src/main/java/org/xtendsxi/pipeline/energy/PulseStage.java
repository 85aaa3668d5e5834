// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.energy;

import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Stage {@code pulses}: which events get an energy, and their sub-channel deviates (energy-chain section 5). */
public final class PulseStage {
    /** Sub-channel deviates. */
    public static final Parameter RANDOMIZE = Parameter.yesNo("randomize", true, "add a uniform deviate to each pixel");
    /** Their seed. */
    public static final Parameter SEED =
            Parameter.integer("seed", "", Integer.MIN_VALUE, Integer.MAX_VALUE, -1457, "seed of the deviates");
    /** Event threshold. */
    public static final Parameter EVENT_THRESHOLD =
            Parameter.text("evtthre", "DEFAULT", "event threshold (chan), or DEFAULT for keyword EVENTTHR");
    /** Lowest pulse height. */
    public static final Parameter NEGATIVE_THRESHOLD =
            Parameter.integer("negthre", "chan", -1000000, 1000000, -5000, "lowest legal pulse height");
    /** The contract. */
    public static final StageSpec SPEC = new StageSpec("pulses", "which events get an energy, sub-channel deviates",
            List.of(EventColumns.TIME, EventColumns.CCD_ID, EventColumns.SEGMENT, EventColumns.READNODE,
                    EventColumns.ADCAVE, EventColumns.RAWX, EventColumns.ACTY, EventColumns.PHAS, EventColumns.STATUS,
                    EventColumns.PROC_STATUS),
            List.of(EventColumns.STATUS), List.of(), List.of(StatusFlag.BELOW_THRESHOLD),
            List.of(RANDOMIZE, SEED, EVENT_THRESHOLD, NEGATIVE_THRESHOLD));

    private PulseStage() {
    }
}
