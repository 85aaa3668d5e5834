// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.screening;

import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/**
 * The standard screening without a select file (events-coords-screening section 12.2): good time, no processing error, no
 * bad flag, X-ray grade.
 */
public final class Screening {
    /** Contract of the stage. */
    public static final StageSpec SPEC = new StageSpec("screen", "select good events in good time",
            List.of(EventColumns.TIME, EventColumns.STATUS, EventColumns.GRADE, EventColumns.PI, EventColumns.PROC_STATUS),
            List.of(), List.of(), List.of(),
            List.of(Parameter.text("grades", "0,2,3,4,6", "grades kept"),
                    Parameter.yesNo("clean", true, "drop events with STATUS flag 1 (any bad)")));
    /** PROC_STATUS flags 2 and 17: the row is unusable (section 3.3). */
    private static final long PROCESSING_ERROR = 1L << 1 | 1L << 16;

    private final int grades;
    private final long bad;
    private final GtiList gti;

    /**
     * Fixes the selection.
     *
     * @param p parameters of the stage
     * @param gti good time
     */
    public Screening(Parameters p, GtiList gti) {
        int set = 0;
        for (String g : p.text("grades").split(",")) {
            set |= 1 << Integer.parseInt(g.strip());
        }
        this.grades = set;
        this.bad = p.yes("clean") ? StatusFlag.ANY_BAD.bit() : 0;
        this.gti = gti;
    }

    /** Whether each event of a chunk is kept. */
    public boolean[] keep(EventChunk chunk) {
        double[] time = chunk.doubles("TIME");
        long[] status = chunk.longs("STATUS");
        long[] processing = chunk.longs("PROC_STATUS");
        int[] grade = chunk.ints("GRADE");
        int[] pi = chunk.ints("PI");
        boolean[] keep = new boolean[chunk.rows()];
        for (int i = 0; i < keep.length; i++) {
            keep[i] = (status[i] & bad) == 0 && (processing[i] & PROCESSING_ERROR) == 0 && Grade.in(grades, grade[i])
                    && !EventColumns.PI.outside(pi[i]) && gti.contains(time[i]);
        }
        return keep;
    }
}
