// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.pipeline.pulse.PulseColumns;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.StageSpec;

/**
 * Stage {@code cti}: charge lost in parallel transfer (energy-chain section 7.2). With two passes the stage and the
 * grading after it come twice on every event, the second time with the GRADE and PHA of the first.
 */
public final class CtiStage {
    /** Factor of the loss by grade. */
    public static final Parameter BY_GRADE = Parameter.yesNo("ctigrade", true, "CTI depends on the grade");
    /** Offset by grade. */
    public static final Parameter OFFSET = Parameter.yesNo("usegoffset", true, "CTI adds the offset of the grade");
    /** Lowest pulse height of the power law. */
    public static final Parameter CUT =
            Parameter.text("phcut", "CALDB", "lowest pulse height of the CTI power law (chan), or CALDB");
    /** Name of the parameter {@link #passes}. */
    public static final String PASSES = "passes";
    /** The contract. */
    public static final StageSpec SPEC = new StageSpec("cti", "charge-transfer inefficiency, by grade in a second pass",
            List.of(EventColumns.CCD_ID, EventColumns.SEGMENT, EventColumns.READNODE, EventColumns.RAWX,
                    EventColumns.ACTX, EventColumns.ACTY, PulseColumns.PHAS_TRAILCORR),
            List.of(PulseColumns.PHAS_CTICORR), List.of("CTI"), List.of(),
            List.of(StageSpec.ENABLED, BY_GRADE, OFFSET, CUT, passes(2)));

    private CtiStage() {
    }

    /** Passes over CTI and grade: one in the tasks as in HEASoft, two in a run. */
    public static Parameter passes(int defaultValue) {
        return Parameter.integer(PASSES, "", 1, 2, defaultValue,
                "2: the grade-free pass and the grade-dependent one in one reading");
    }
}
