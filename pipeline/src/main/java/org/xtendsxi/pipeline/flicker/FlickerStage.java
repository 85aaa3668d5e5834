// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flicker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/** The stage {@code flicker}: a pass over all events that yields the list of flickering pixels. */
public final class FlickerStage {
    /** Contract of the stage. */
    public static final StageSpec SPEC = new StageSpec("flicker", "search for flickering pixels",
            List.of(EventColumns.TIME, EventColumns.CCD_ID, EventColumns.ACTX, EventColumns.ACTY, EventColumns.PI,
                    EventColumns.GRADE, EventColumns.STATUS, EventColumns.PROC_STATUS),
            List.of(), List.of(), List.of(), parameters());

    private static final Pattern GRADES = Pattern.compile("(\\d{0,2})(-(\\d{0,2}))?");

    private FlickerStage() {
    }

    private static List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(FlickerSettings.parameters());
        all.add(Parameter.text("grade", "0,2,3,4,6", "grades counted"));
        return all;
    }

    /**
     * Starts the search over an observation; events with a bad STATUS flag or a processing error are left out.
     *
     * @param p parameters of the stage
     * @param compat behaviour wanted
     * @param bad STATUS bits that are bad beside flag 1
     * @param start TSTART
     * @param stop TSTOP
     */
    public static FlickerSearch open(Parameters p, Compat compat, long bad, double start, double stop) {
        return new FlickerSearch(FlickerSettings.of(p, compat), FlickerGrid.ALL, FlickerColumns.DEFAULT,
                grades(p.text("grade")), start, stop,
                bad | StatusFlag.ANY_BAD.bit());
    }

    /** Grades of a list as bits: {@code all}, or numbers and ranges ({@code 0,2-4}, {@code -4}, {@code 6-}). */
    static int grades(String list) {
        if (list.strip().equalsIgnoreCase("all")) {
            return (1 << Grade.MAX + 1) - 1;
        }
        int set = 0;
        for (String part : list.split(",", -1)) {
            Matcher m = GRADES.matcher(part.strip());
            if (part.isBlank() || part.strip().equals("-") || !m.matches()) {
                throw wrong(list);
            }
            int from = m.group(1).isEmpty() ? 0 : Integer.parseInt(m.group(1));
            int to = m.group(2) == null ? from : m.group(3).isEmpty() ? Grade.MAX : Integer.parseInt(m.group(3));
            if (to < from || from > Grade.MAX) {
                throw wrong(list);
            }
            for (int g = from; g <= Math.min(to, Grade.MAX); g++) {
                set |= 1 << g;
            }
        }
        return set;
    }

    private static SxiException wrong(String list) {
        return SxiException.usage("list of grades cannot be read").column("grade").value(list)
                .limit("all, or numbers and ranges of 0.." + Grade.MAX).todo("write it like 0,2-4,6").build();
    }
}
