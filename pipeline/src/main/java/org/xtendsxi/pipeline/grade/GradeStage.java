// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grade;

import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.pipeline.pulse.PulseColumns;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Stage {@code grade}: GRADE and PHA (energy-chain section 8); it cannot be switched off. */
public final class GradeStage {
    private static final double MAX_ADU = 32767;

    /** How events are graded. */
    public static final List<Parameter> PARAMETERS = List.of(
            Parameter.integer("badpixopt", "", 1, 3, 2,
                    "bad pixels: 1 ignore the mask, 2 leave them out, 3 null the event"),
            Parameter.yesNo("spthiter", true, "find the split threshold in two steps"),
            Parameter.yesNo("spthcaldb", true, "split threshold from CALDB"),
            Parameter.real("spthoffset", "chan", -MAX_ADU, MAX_ADU, 15, "split threshold if not from CALDB"),
            Parameter.real("spthslope", "", -1000, 1000, 0, "its growth with pulse height"));
    /** The contract. */
    public static final StageSpec SPEC = new StageSpec("grade", "grade and summed pulse height",
            List.of(EventColumns.CCD_ID, EventColumns.SEGMENT, EventColumns.READNODE, PulseColumns.PHAS_CTICORR,
                    EventColumns.P_OUTER_MOST, EventColumns.PHAS_MASK, EventColumns.STATUS),
            List.of(EventColumns.GRADE, EventColumns.PHA, EventColumns.STATUS), List.of("SPLIT_TH", "HIT_PATTERN"),
            List.of(StatusFlag.NULL_IN_CORRECTION), PARAMETERS);

    private GradeStage() {
    }
}
