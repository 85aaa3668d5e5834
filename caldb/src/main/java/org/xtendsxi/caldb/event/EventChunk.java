// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.event;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;

/**
 * A bounded run of consecutive events, column by column; the only thing that stages exchange.
 *
 * <p>Stages take whole columns as primitive arrays and put whole columns back. Arrays are row-major: element k of row i
 * of a column of width w stands at {@code i*w + k}. They are copies, so nobody edits what another stage still reads.
 * Null values are the column's TNULL. Bits come as {@code long}: flag n (from 1, leftmost in FITS) is bit n-1. A column
 * that the source did not have starts as null (TNULL, NaN) or zero. Columns become Arrow vectors when {@link #arrow} is
 * asked for. One thread at a time; close it to give the memory of the vectors back.
 */
public final class EventChunk implements AutoCloseable {
    private final EventSchema schema;
    private final long firstRow;
    private final int rows;
    private final Object[] arrays;
    private final List<FieldVector> vectors = new ArrayList<>();
    private final Optional<Filler> filler;

    private EventChunk(EventSchema schema, long firstRow, int rows, Optional<Filler> filler) {
        this.schema = schema;
        this.firstRow = firstRow;
        this.rows = rows;
        this.arrays = new Object[schema.columns().size()];
        this.filler = filler;
    }

    /** Gives a column its values when somebody first asks for it. */
    @FunctionalInterface
    public interface Filler {
        /**
         * Fills a column.
         *
         * @param column position of the column in the schema
         * @param array array of its type that takes the values, row-major; see {@link EventChunk#array}
         */
        void fill(int column, Object array);
    }

    /**
     * Makes a chunk with every column null.
     *
     * @param schema columns
     * @param firstRow position of the first row in the whole table, from 0
     * @param rows number of events
     */
    public static EventChunk allocate(EventSchema schema, long firstRow, int rows) {
        return new EventChunk(schema, firstRow, rows, Optional.empty());
    }

    /**
     * Makes a chunk whose columns are filled when they are first asked for, so that those nobody reads cost nothing.
     *
     * @param schema columns
     * @param firstRow position of the first row in the whole table, from 0
     * @param rows number of events
     * @param filler gives the values
     */
    public static EventChunk lazy(EventSchema schema, long firstRow, int rows, Filler filler) {
        return new EventChunk(schema, firstRow, rows, Optional.of(filler));
    }

    /** The columns. */
    public EventSchema schema() {
        return schema;
    }

    /** Position of the first row in the whole table, from 0. */
    public long firstRow() {
        return firstRow;
    }

    /** Number of events. */
    public int rows() {
        return rows;
    }

    /** Whether the chunk has a column. */
    public boolean has(String name) {
        return schema.has(name);
    }

    /** The values as Arrow vectors, which are made and filled by this call and valid until the chunk is closed. */
    public VectorSchemaRoot arrow() {
        List<FieldVector> all = new ArrayList<>();
        for (int i = 0; i < arrays.length; i++) {
            Column c = schema.columns().get(i);
            FieldVector v = ArrowColumns.allocate(schema.field(i), c, rows);
            all.add(v);
            vectors.add(v);
            MemorySegment from = bytes(i);
            ArrowColumns.values(v, from.byteSize()).copyFrom(from);
        }
        return new VectorSchemaRoot(all.stream().map(FieldVector::getField).toList(), all, rows);
    }

    /** Integers of a B, I, signed J or L column, widened. */
    public int[] ints(String name) {
        int at = index(name);
        Column c = schema.columns().get(at);
        switch (c.type()) {
            case BYTE, LOGICAL -> {
                byte[] v = (byte[]) array(at);
                int[] out = new int[v.length];
                int mask = c.zero() == 0 ? 0xff : -1;
                for (int i = 0; i < v.length; i++) {
                    out[i] = v[i] & mask;
                }
                return out;
            }
            case SHORT -> {
                short[] v = (short[]) array(at);
                int[] out = new int[v.length];
                int mask = c.zero() == 0 ? -1 : 0xffff;
                for (int i = 0; i < v.length; i++) {
                    out[i] = v[i] & mask;
                }
                return out;
            }
            case INT -> {
                if (c.zero() != 0) {
                    throw wrongType(c, "a signed type; unsigned 32-bit values are longs");
                }
                return ((int[]) array(at)).clone();
            }
            default -> throw wrongType(c, "an integer type B, I or J");
        }
    }

    /** Values of a signed I column. */
    public short[] shorts(String name) {
        int at = index(name);
        requireSignedShort(schema.columns().get(at));
        return ((short[]) array(at)).clone();
    }

    /** Integers of any integer column, or bits, widened. */
    public long[] longs(String name) {
        int at = index(name);
        Column c = schema.columns().get(at);
        if (c.type() == ColumnType.LONG || c.type() == ColumnType.BITS) {
            return ((long[]) array(at)).clone();
        }
        boolean unsigned = c.type() == ColumnType.INT && c.zero() != 0;
        int[] v = unsigned ? (int[]) array(at) : ints(name);
        long mask = unsigned ? 0xffffffffL : -1;
        long[] out = new long[v.length];
        for (int i = 0; i < v.length; i++) {
            out[i] = v[i] & mask;
        }
        return out;
    }

    /** Values of any numeric column; TNULL becomes NaN. */
    public double[] doubles(String name) {
        int at = index(name);
        Column c = schema.columns().get(at);
        if (c.type() == ColumnType.DOUBLE) {
            return ((double[]) array(at)).clone();
        }
        if (c.type() == ColumnType.FLOAT) {
            float[] v = (float[]) array(at);
            double[] out = new double[v.length];
            for (int i = 0; i < v.length; i++) {
                out[i] = v[i];
            }
            return out;
        }
        long[] v = longs(name);
        boolean nullable = c.nullValue().isPresent();
        long missing = c.nullValue().orElse(0);
        double[] out = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            out[i] = nullable && v[i] == missing ? Double.NaN : v[i];
        }
        return out;
    }

    /** Texts of an A column without blanks around them. */
    public String[] texts(String name) {
        Column c = schema.column(name);
        if (c.type() != ColumnType.TEXT) {
            throw wrongType(c, "type A");
        }
        byte[] all = (byte[]) array(index(name));
        String[] out = new String[rows];
        Arrays.setAll(out, i -> new String(all, i * c.repeat(), c.repeat(), StandardCharsets.US_ASCII).strip());
        return out;
    }

    /** Replaces a B, I, J or L column; a value that the type cannot hold is a fault of the program. */
    public void put(String name, int[] values) {
        int at = index(name);
        Column c = checkLength(at, values.length);
        int n = values.length;
        switch (c.type()) {
            case BYTE, LOGICAL -> {
                byte[] v = new byte[n];
                for (int i = 0; i < n; i++) {
                    v[i] = (byte) values[i];
                    require((c.zero() == 0 ? v[i] & 0xff : v[i]) == values[i], c, values[i]);
                }
                arrays[at] = v;
            }
            case SHORT -> {
                short[] v = new short[n];
                for (int i = 0; i < n; i++) {
                    v[i] = (short) values[i];
                    require((c.zero() == 0 ? v[i] : v[i] & 0xffff) == values[i], c, values[i]);
                }
                arrays[at] = v;
            }
            case INT -> arrays[at] = values.clone();
            default -> throw wrongType(c, "an integer type B, I or J");
        }
    }

    /** Replaces a signed I column. */
    public void put(String name, short[] values) {
        int at = index(name);
        requireSignedShort(checkLength(at, values.length));
        arrays[at] = values.clone();
    }

    /** Replaces an A column; texts longer than the column are a fault of the program. */
    public void put(String name, String[] values) {
        Column c = schema.column(name);
        MemorySegment to = memory(name);
        for (int i = 0; i < values.length; i++) {
            if (c.type() != ColumnType.TEXT || values[i].length() > c.repeat()) {
                throw new IllegalArgumentException(name + ": '" + values[i] + "' does not fit into " + c.format());
            }
            byte[] cell = String.format("%-" + c.repeat() + "s", values[i]).getBytes(StandardCharsets.US_ASCII);
            MemorySegment.copy(cell, 0, to, JAVA_BYTE, (long) i * c.repeat(), cell.length);
        }
    }

    /** Replaces a K column, bits, or any integer column whose values fit. */
    public void put(String name, long[] values) {
        int at = index(name);
        Column c = checkLength(at, values.length);
        if (c.type() == ColumnType.LONG || c.type() == ColumnType.BITS) {
            arrays[at] = values.clone();
        } else {
            int[] v = new int[values.length];
            for (int i = 0; i < v.length; i++) {
                v[i] = (int) values[i];
            }
            put(name, v);
        }
    }

    /** Replaces a floating-point column. */
    public void put(String name, double[] values) {
        int at = index(name);
        Column c = checkLength(at, values.length);
        if (c.type() == ColumnType.DOUBLE) {
            arrays[at] = values.clone();
        } else if (c.type() == ColumnType.FLOAT) {
            float[] v = new float[values.length];
            for (int i = 0; i < v.length; i++) {
                v[i] = (float) values[i];
            }
            arrays[at] = v;
        } else {
            throw wrongType(c, "a floating-point type");
        }
    }

    /**
     * Values of a column as bytes in native order, row-major, for code that moves whole columns; what is set there
     * stays.
     */
    public MemorySegment memory(String name) {
        return bytes(index(name));
    }

    private MemorySegment bytes(int column) {
        return switch (array(column)) {
            case byte[] v -> MemorySegment.ofArray(v);
            case short[] v -> MemorySegment.ofArray(v);
            case int[] v -> MemorySegment.ofArray(v);
            case long[] v -> MemorySegment.ofArray(v);
            case float[] v -> MemorySegment.ofArray(v);
            case double[] v -> MemorySegment.ofArray(v);
            case Object o -> throw new IllegalStateException(o.getClass().getName());
        };
    }

    /**
     * Values of a column themselves, not a copy, for code that moves whole columns: byte[] for B, L and A, short[] for
     * I, int[] for J, long[] for K and X, float[] for E and double[] for D.
     */
    public Object array(String name) {
        return array(index(name));
    }

    /** A new array for the values of a column, for code that sets every value of it: what stood there is lost. */
    public Object empty(String name) {
        return empty(index(name));
    }

    /** Copies the rows whose flag is set into a new chunk that the caller closes. */
    public EventChunk select(boolean[] keep, long newFirstRow) {
        int n = 0;
        for (int i = 0; i < rows; i++) {
            n += keep[i] ? 1 : 0;
        }
        EventChunk out = allocate(schema, newFirstRow, n);
        for (int c = 0; c < arrays.length; c++) {
            Object from = array(c);
            Object to = out.empty(c);
            int width = elements(c);
            int at = 0;
            for (int i = 0; i < rows; i++) {
                if (keep[i]) {
                    System.arraycopy(from, i * width, to, at, width);
                    at += width;
                }
            }
        }
        return out;
    }

    /**
     * Copies the chunk to other columns; the caller closes the copy.
     *
     * @param wanted columns of the copy; those that this chunk has too must have the same format
     * @param fresh names of columns that start null even if this chunk has them
     */
    public EventChunk as(EventSchema wanted, Set<String> fresh) {
        EventChunk to = allocate(wanted, firstRow, rows);
        for (int i = 0; i < to.arrays.length; i++) {
            Column c = wanted.columns().get(i);
            if (has(c.name()) && !fresh.contains(c.name())) {
                System.arraycopy(array(c.name()), 0, to.empty(i), 0, rows * to.elements(i));
            }
        }
        return to;
    }

    @Override
    public void close() {
        vectors.forEach(FieldVector::close);
        vectors.clear();
    }

    private int index(String name) {
        int at = schema.indexOf(name);
        if (at < 0) {
            schema.column(name);
        }
        return at;
    }

    /** Array elements per row. */
    private int elements(int column) {
        Column c = schema.columns().get(column);
        return c.type() == ColumnType.TEXT ? c.repeat() : c.width();
    }

    private Object empty(int column) {
        int n = rows * elements(column);
        arrays[column] = switch (schema.columns().get(column).type()) {
            case BYTE, LOGICAL, TEXT -> new byte[n];
            case SHORT -> new short[n];
            case INT -> new int[n];
            case LONG, BITS -> new long[n];
            case FLOAT -> new float[n];
            case DOUBLE -> new double[n];
        };
        return arrays[column];
    }

    /** Arrays are made when first asked for, so columns that nobody asks for cost nothing. */
    private Object array(int column) {
        if (arrays[column] == null) {
            empty(column);
            Column c = schema.columns().get(column);
            int n = rows * c.width();
            if (filler.isPresent()) {
                filler.get().fill(column, arrays[column]);
            } else if (c.nullValue().isPresent() && c.type().integer()) {
                long[] nulls = new long[n];
                Arrays.fill(nulls, c.nullValue().getAsLong());
                put(c.name(), nulls);
            } else if (c.type().real()) {
                double[] nulls = new double[n];
                Arrays.fill(nulls, Double.NaN);
                put(c.name(), nulls);
            }
        }
        return arrays[column];
    }

    private Column checkLength(int column, int length) {
        Column c = schema.columns().get(column);
        if (length != rows * c.width()) {
            throw new IllegalArgumentException(
                    c.name() + ": " + length + " values for " + rows + " rows of " + c.width());
        }
        return c;
    }

    private static void require(boolean fits, Column c, int value) {
        if (!fits) {
            throw new IllegalArgumentException(c.name() + ": " + value + " does not fit into " + c.format());
        }
    }

    private static void requireSignedShort(Column c) {
        if (c.type() != ColumnType.SHORT || c.zero() != 0) {
            throw wrongType(c, "type I, signed");
        }
    }

    private static SxiException wrongType(Column c, String wanted) {
        return SxiException.data("column has a type that cannot be used here").column(c.name()).value(c.format())
                .limit(wanted).todo("write the column with the type of the event file format").build();
    }
}
