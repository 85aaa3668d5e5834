// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.expression;

import java.util.Arrays;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;

/** Columns as operands. */
final class Operand {
    private Operand() {
    }

    /** A column of one value per row; bits are one number, the leftmost the highest. */
    static Node scalar(Column c, int at) {
        if (c.type() == ColumnType.BITS) {
            return new Node(Node.Kind.INTEGER, at, chunk -> Arrays.stream(chunk.longs(c.name()))
                    .mapToDouble(v -> Long.reverse(v) >>> Long.SIZE - c.repeat()).toArray());
        }
        if (c.type() == ColumnType.LOGICAL) {
            return new Node(Node.Kind.CONDITION, at, chunk -> Arrays.stream(chunk.ints(c.name()))
                    .mapToDouble(v -> v == 'T' ? 1 : v == 'F' ? 0 : Double.NaN).toArray());
        }
        return new Node(kind(c), at, chunk -> chunk.doubles(c.name()));
    }

    /** Element n (from 1) of a column; of bits, flag n. */
    static Node element(Column c, int n, int at) {
        if (c.type() == ColumnType.BITS) {
            return new Node(Node.Kind.INTEGER, at, chunk -> Arrays.stream(chunk.longs(c.name()))
                    .mapToDouble(v -> v >>> n - 1 & 1).toArray());
        }
        return new Node(kind(c), at, chunk -> strided(chunk, c, n - 1));
    }

    private static double[] strided(EventChunk chunk, Column c, int element) {
        double[] all = chunk.doubles(c.name());
        double[] out = new double[chunk.rows()];
        for (int i = 0; i < out.length; i++) {
            out[i] = all[i * c.width() + element];
        }
        return out;
    }

    private static Node.Kind kind(Column c) {
        return c.type().integer() ? Node.Kind.INTEGER : Node.Kind.REAL;
    }
}
