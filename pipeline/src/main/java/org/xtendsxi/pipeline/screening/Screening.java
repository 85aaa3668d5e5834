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
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/**
 * The standard screening without a select file (events-coords-screening section 12.2): good time, no processing error (flags
 * 2 and 17, section 3.3), no bad flag, X-ray grade; or another condition. Events without a legal PI are never kept.
 */
public final class Screening {
    /** Contract of the stage. */
    public static final StageSpec SPEC = new StageSpec("screen", "select good events in good time",
            List.of(EventColumns.TIME, EventColumns.STATUS, EventColumns.GRADE, EventColumns.PI, EventColumns.PROC_STATUS),
            List.of(), List.of(), List.of(),
            List.of(Parameter.text("expression", "PROC_STATUS[2]==b0&&PROC_STATUS[17]==b0&&STATUS[1]==b0"
                    + "&&(GRADE==0||GRADE==2||GRADE==3||GRADE==4||GRADE==6)", "condition on the columns of good events")));

    private final RowExpression expression;
    private final GtiList gti;

    /**
     * Fixes the selection.
     *
     * @param p parameters of the stage
     * @param gti good time
     * @param schema columns of the events
     * @param keywords header of the events
     */
    public Screening(Parameters p, GtiList gti, EventSchema schema, Keywords keywords) {
        this.expression = RowExpression.parse(p.text("expression"), schema, keywords);
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
            keep[i] &= !EventColumns.PI.outside(pi[i]) && gti.contains(time[i]);
        }
        return keep;
    }
}
