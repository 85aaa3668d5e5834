// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.explain;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.expression.RowExpression;
import org.xtendsxi.pipeline.screening.Screening;

/** Why the screening drops an event; whether it does is asked of the screening itself. */
final class Verdict {
    private Verdict() {
    }

    /**
     * Reasons against an event.
     *
     * @param chunk one event
     * @param condition condition of the screening
     * @param tolerance rounding of times at the ends of good time, s
     * @param gti good time
     * @param header keywords of EVENTS
     * @return reasons, empty if the event is kept
     */
    static List<String> against(EventChunk chunk, String condition, double tolerance, GtiList gti, Keywords header) {
        List<String> out = new ArrayList<>();
        if (new Screening(condition, tolerance, gti, chunk.schema(), header).keep(chunk)[0]) {
            return out;
        }
        if (!gti.contains(chunk.doubles("TIME")[0], tolerance)) {
            out.add("TIME is outside the good time");
        }
        if (EventColumns.PI.outside(chunk.ints("PI")[0])) {
            out.add("PI is null");
        }
        for (String term : terms(condition)) {
            if (!RowExpression.parse(term, chunk.schema(), header).test(chunk)[0]) {
                out.add("not " + term + values(chunk, term));
            }
        }
        return out;
    }

    /** Terms that must all hold; one if the expression is no plain conjunction. */
    static List<String> terms(String expression) {
        List<String> out = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && expression.startsWith("||", i)) {
                return List.of(expression);
            }
            if (depth == 0 && expression.startsWith("&&", i)) {
                out.add(expression.substring(from, i).strip());
                from = i + 2;
            }
        }
        out.add(expression.substring(from).strip());
        return out;
    }

    /** Values of the integer columns that a term names. */
    private static String values(EventChunk chunk, String term) {
        List<String> out = new ArrayList<>();
        for (Column c : chunk.schema().columns()) {
            boolean number = c.type() != ColumnType.BITS && c.type() != ColumnType.TEXT && c.width() == 1;
            if (number && term.matches("(?s).*\\b" + c.name() + "\\b.*")) {
                double v = chunk.doubles(c.name())[0];
                out.add(c.name() + " is " + (Double.isNaN(v) ? Explanation.NULL
                        : v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v)));
            }
        }
        return out.isEmpty() ? "" : ": " + String.join(", ", out);
    }
}
