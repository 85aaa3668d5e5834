// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.expression;

import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;

/** A condition on the columns of a row, such as {@code STATUS[1]==b0&&GRADE<5}; a null result is false. */
public final class RowExpression {
    private final String text;
    private final Node root;

    private RowExpression(String text, Node root) {
        this.text = text;
        this.root = root;
    }

    /**
     * Parses a condition.
     *
     * @param text columns (any case; element {@code V[1]}, flag {@code STATUS[1]}), keywords {@code #KEY}, numbers,
     * bits {@code b0}, {@code T}, {@code F}; {@code == != < <= > >= + - * / % && || !} and {@code .eq.} to {@code
     * .not.}
     * @param schema the columns
     * @param keywords the header
     */
    public static RowExpression parse(String text, EventSchema schema, Keywords keywords) {
        return new RowExpression(text, new Parser(text, schema, keywords).condition());
    }

    /** Whether each row fulfils the condition. */
    public boolean[] test(EventChunk chunk) {
        double[] v = root.values().of(chunk);
        boolean[] out = new boolean[v.length];
        for (int i = 0; i < v.length; i++) {
            out[i] = v[i] == 1;
        }
        return out;
    }

    /** The text as given. */
    public String text() {
        return text;
    }
}
