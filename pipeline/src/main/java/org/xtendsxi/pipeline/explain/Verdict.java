// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.explain;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.screening.Screening;
import org.xtendsxi.pipeline.stage.Parameters;

/** Why the screening drops an event; whether it does is asked of the screening itself. */
final class Verdict {
    private Verdict() {
    }

    /**
     * Reasons against an event.
     *
     * @param chunk one event
     * @param p parameters of the screening
     * @param gti good time
     * @return reasons, empty if the event is kept
     */
    static List<String> against(EventChunk chunk, Parameters p, GtiList gti) {
        List<String> out = new ArrayList<>();
        if (new Screening(p, gti).keep(chunk)[0]) {
            return out;
        }
        if (!gti.contains(chunk.doubles("TIME")[0])) {
            out.add("TIME is outside the good time");
        }
        if (p.yes("clean") && StatusFlag.ANY_BAD.in(chunk.longs("STATUS")[0])) {
            out.add("STATUS flag 1 is set: " + StatusFlag.ANY_BAD.meaning());
        }
        int grade = chunk.ints("GRADE")[0];
        if (new Grades(p.text("grades")).lacks(grade)) {
            out.add("GRADE " + (grade == Grade.NULL ? "null" : grade) + " is not one of " + p.text("grades"));
        }
        if (EventColumns.PI.outside(chunk.ints("PI")[0])) {
            out.add("PI is null");
        }
        if (out.isEmpty()) {
            out.add("PROC_STATUS flag 2 or 17 is set: processing error");
        }
        return out;
    }

    /** Grades as the parameter lists them. */
    private record Grades(String list) {
        boolean lacks(int grade) {
            return !List.of(list.replace(" ", "").split(",")).contains(Integer.toString(grade));
        }
    }
}
