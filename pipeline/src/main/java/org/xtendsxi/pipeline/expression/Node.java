// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.expression;

import org.xtendsxi.caldb.event.EventChunk;

/**
 * A part of an expression.
 *
 * @param kind what its values are
 * @param at where its text starts, from 0
 * @param values one value per row; NaN is null, conditions are 1 and 0
 */
record Node(Kind kind, int at, Values values) {
    /** Kinds of values. */
    enum Kind {
        /** Whole numbers: division drops the fraction. */
        INTEGER,
        /** Floating-point numbers. */
        REAL,
        /** Conditions. */
        CONDITION
    }

    /** Computes a value per row. */
    @FunctionalInterface
    interface Values {
        /** Values of a chunk. */
        double[] of(EventChunk chunk);
    }

    /** An operator on two values. */
    @FunctionalInterface
    interface Binary {
        /** The result for one row. */
        double apply(double a, double b);
    }

    /** Joins two nodes; a null on either side gives null unless the operator decides itself. */
    static Node join(Kind kind, Node a, Node b, boolean decidesNull, Binary f) {
        return new Node(kind, a.at, chunk -> {
            double[] u = a.values.of(chunk);
            double[] v = b.values.of(chunk);
            double[] out = new double[u.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = !decidesNull && (Double.isNaN(u[i]) || Double.isNaN(v[i])) ? Double.NaN : f.apply(u[i], v[i]);
            }
            return out;
        });
    }

    /** And of three values: false decides. */
    static double and(double a, double b) {
        return a == 0 || b == 0 ? 0 : Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : 1;
    }

    /** Or of three values: true decides. */
    static double or(double a, double b) {
        return a == 1 || b == 1 ? 1 : Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : 0;
    }

    /** A condition as a value. */
    static double truth(boolean b) {
        return b ? 1 : 0;
    }
}
