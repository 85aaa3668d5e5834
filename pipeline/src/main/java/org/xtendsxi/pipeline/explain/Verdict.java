// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.explain;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.Keywords;
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
     * @param header keywords of the events
     * @return reasons, empty if the event is kept
     */
    static List<String> against(EventChunk chunk, Parameters p, GtiList gti, Keywords header) {
        List<String> out = new ArrayList<>();
        Screening screening = new Screening(p, gti, chunk.schema(), header);
        if (screening.keep(chunk)[0]) {
            return out;
        }
        if (!gti.contains(chunk.doubles("TIME")[0])) {
            out.add("TIME is outside the good time");
        }
        if (EventColumns.PI.outside(chunk.ints("PI")[0])) {
            out.add("PI is null");
        }
        if (StatusFlag.ANY_BAD.in(chunk.longs("STATUS")[0])) {
            out.add("STATUS flag 1 is set: " + StatusFlag.ANY_BAD.meaning());
        }
        int grade = chunk.ints("GRADE")[0];
        if (!Grade.isGood(grade)) {
            out.add("GRADE " + (grade == Grade.NULL ? "null" : grade) + " is no X-ray grade");
        }
        if (out.isEmpty()) {
            out.add("it does not satisfy " + screening.expression());
        }
        return out;
    }
}
