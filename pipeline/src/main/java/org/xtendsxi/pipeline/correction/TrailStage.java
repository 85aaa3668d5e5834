// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.pipeline.pulse.PulseColumns;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Stage {@code trail}: charge left to the pixels read out next (energy-chain section 7.1). */
public final class TrailStage {
    /** Which pixels get their charge back: {@code centre} as in the reference, {@code all} as ours. */
    public static final Parameter PIXELS = Parameter.choice("chtrailpixels", List.of("centre", "all"),
            "pixels that get their charge back: the centre and its leaders as HEASoft, or all nine (strict only)");
    /** The contract. */
    public static final StageSpec SPEC = new StageSpec("trail", "charge trail",
            List.of(EventColumns.CCD_ID, EventColumns.SEGMENT, EventColumns.READNODE, EventColumns.RAWX,
                    EventColumns.ACTX, EventColumns.ACTY, PulseColumns.PHAS_EVENODD, EventColumns.STATUS),
            List.of(PulseColumns.PHAS_TRAILCORR, EventColumns.STATUS), List.of("CHARGE_TRAIL"),
            List.of(StatusFlag.NEGATIVE_CORRECTION), List.of(StageSpec.ENABLED, PIXELS));

    private TrailStage() {
    }
}
