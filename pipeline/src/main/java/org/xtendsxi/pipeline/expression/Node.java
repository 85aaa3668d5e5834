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

    /** An operator on two columns; both arrays may be changed. */
    @FunctionalInterface
    interface Columns {
        /** The results for all rows. */
        double[] apply(double[] a, double[] b);
    }

    /** Joins two nodes row by row; a null on either side gives null. */
    static Node join(Kind kind, Node a, Node b, Binary f) {
        return columns(kind, a, b, (u, v) -> {
            for (int i = 0; i < u.length; i++) {
                u[i] = Double.isNaN(u[i]) || Double.isNaN(v[i]) ? Double.NaN : f.apply(u[i], v[i]);
            }
            return u;
        });
    }

    /** Joins two nodes column by column. */
    static Node columns(Kind kind, Node a, Node b, Columns f) {
        return new Node(kind, a.at, chunk -> f.apply(a.values.of(chunk), b.values.of(chunk)));
    }

    /** And of three values: false decides. */
    static double[] and(double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] = a[i] == 0 || b[i] == 0 ? 0 : a[i] * b[i];
        }
        return a;
    }

    /** Or of three values: true decides. */
    static double[] or(double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] = a[i] == 1 || b[i] == 1 ? 1 : a[i] + b[i];
        }
        return a;
    }

    /** Whether the values are equal, or are not; null where one is. */
    static double[] equal(double[] a, double[] b, boolean wanted) {
        for (int i = 0; i < a.length; i++) {
            a[i] = Double.isNaN(a[i]) || Double.isNaN(b[i]) ? Double.NaN : truth(a[i] == b[i] == wanted);
        }
        return a;
    }

    /** A condition as a value. */
    static double truth(boolean b) {
        return b ? 1 : 0;
    }
}
