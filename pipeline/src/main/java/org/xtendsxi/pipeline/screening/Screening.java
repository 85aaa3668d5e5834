// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.screening;

import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.expression.RowExpression;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.StageSpec;

/**
 * The screening (events-coords-screening section 12): good time and a condition, by default that of the select file.
 * Events without a legal PI are never kept.
 */
public final class Screening {
    /** Contract of the stage. */
    public static final StageSpec SPEC = new StageSpec("screen", "select good events in good time",
            List.of(EventColumns.TIME, EventColumns.STATUS, EventColumns.GRADE, EventColumns.PI,
            EventColumns.PROC_STATUS), List.of(), List.of(), List.of(),
            List.of(Parameter.text("expression", "CALDB",
            "condition on the columns of good events, CALDB for the select file"),
                    Parameter.real("tolerance", "s", 0, 1, 1e-6, "rounding of times at the ends of good time")));

    private final RowExpression expression;
    private final GtiList gti;
    private final double tolerance;

    /**
     * Fixes the selection.
     *
     * @param condition condition on the columns of good events
     * @param tolerance how far outside good time an event may lie, s: frames and good time share their ends
     * @param gti good time
     * @param schema columns of the events
     * @param keywords header of the events
     */
    public Screening(String condition, double tolerance, GtiList gti, EventSchema schema, Keywords keywords) {
        this.expression = RowExpression.parse(condition, schema, keywords);
        this.tolerance = tolerance;
        this.gti = gti;
    }

    /** The condition, for the record. */
    public String expression() {
        return expression.text();
    }

    /** Whether each event of a chunk is kept. */
    public boolean[] keep(EventChunk chunk) {
        double[] time = chunk.doubles("TIME");
        int[] pi = chunk.ints("PI");
        boolean[] keep = expression.test(chunk);
        for (int i = 0; i < keep.length; i++) {
            keep[i] &= !EventColumns.PI.outside(pi[i]) && gti.contains(time[i], tolerance);
        }
        return keep;
    }
}
