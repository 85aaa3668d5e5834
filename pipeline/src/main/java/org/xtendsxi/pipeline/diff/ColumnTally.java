// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.diff;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;

/** Counts the differences of one column over the chunks of two tables. Values differ if their bits do. */
final class ColumnTally {
    private final Column column;
    private long rows;
    private long firstRow;
    private double largest = Double.NaN;
    private long bits;
    private boolean nulls;

    ColumnTally(Column column) {
        this.column = column;
    }

    /** Compares the first n rows of two chunks that start at the same row. */
    void add(EventChunk a, EventChunk b, int n) {
        if (n == 0 || column.repeat() == 0) {
            return;
        }
        MemorySegment x = a.memory(column.name());
        MemorySegment y = b.memory(column.name());
        long width = x.byteSize() / a.rows();
        if (x.asSlice(0, n * width).mismatch(y.asSlice(0, n * width)) < 0) {
            return;
        }
        boolean[] differ = new boolean[n];
        for (int i = 0; i < n; i++) {
            differ[i] = x.asSlice(i * width, width).mismatch(y.asSlice(i * width, width)) >= 0;
            if (differ[i]) {
                firstRow = rows++ == 0 ? a.firstRow() + i + 1 : firstRow;
            }
        }
        if (column.type() == ColumnType.BITS) {
            long[] v = a.longs(column.name());
            long[] w = b.longs(column.name());
            for (int i = 0; i < n; i++) {
                bits |= v[i] ^ w[i];
            }
        } else if (column.type() != ColumnType.TEXT) {
            measure(a.doubles(column.name()), b.doubles(column.name()), differ);
        }
    }

    private void measure(double[] v, double[] w, boolean[] differ) {
        int width = column.width();
        for (int i = 0; i < differ.length * width; i++) {
            if (differ[i / width]) {
                double d = w[i] - v[i];
                nulls |= Double.isNaN(v[i]) != Double.isNaN(w[i]);
                if (!Double.isNaN(d) && !(Math.abs(d) <= Math.abs(largest))) {
                    largest = d;
                }
            }
        }
    }

    /** What was found; empty if the column is the same. */
    Optional<Differences.Column> result() {
        if (rows == 0) {
            return Optional.empty();
        }
        List<String> what = new ArrayList<>();
        if (bits != 0) {
            List<String> flags = new ArrayList<>();
            for (int i = 0; i < Long.SIZE; i++) {
                if ((bits >> i & 1) != 0) {
                    flags.add(Integer.toString(i + 1));
                }
            }
            what.add("flags " + String.join(",", flags));
        }
        if (nulls) {
            what.add("null on one side");
        }
        return Optional.of(new Differences.Column(column.name(), rows, firstRow,
                Double.isNaN(largest) ? OptionalDouble.empty() : OptionalDouble.of(largest), String.join(", ", what)));
    }
}
