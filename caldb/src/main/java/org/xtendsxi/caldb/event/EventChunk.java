// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.event;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

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
 * A bounded run of consecutive events as Arrow columns; the only thing that stages exchange.
 *
 * <p>Stages take whole columns as primitive arrays and put whole columns back. Arrays are row-major: element k of row i of
 * a column of width w stands at {@code i*w + k}. They are copies, so nobody edits what another stage still reads. Null
 * values are the column's TNULL. Bits come as {@code long}: flag n (from 1, leftmost in FITS) is bit n-1. A column that
 * the source did not have starts as null (TNULL, NaN) or zero. One thread at a time; close it to give the memory back.
 */
public final class EventChunk implements AutoCloseable {
    private final EventSchema schema;
    private final long firstRow;
    private final int rows;
    private final FieldVector[] vectors;
    private final Optional<Filler> filler;

    private EventChunk(EventSchema schema, long firstRow, int rows, Optional<Filler> filler) {
        this.schema = schema;
        this.firstRow = firstRow;
        this.rows = rows;
        this.vectors = new FieldVector[schema.columns().size()];
        this.filler = filler;
    }

    /** Gives a column its values when somebody first asks for it. */
    @FunctionalInterface
    public interface Filler {
        /**
         * Fills a column.
         *
         * @param column position of the column in the schema
         * @param memory its values, row-major, native byte order
         */
        void fill(int column, MemorySegment memory);
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

    /** The values as Arrow sees them; valid until the chunk is closed. */
    public VectorSchemaRoot arrow() {
        List<FieldVector> all = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            all.add(vector(i));
        }
        return new VectorSchemaRoot(all.stream().map(FieldVector::getField).toList(), all, rows);
    }

    /** Integers of a B, I, signed J or L column, widened. */
    public int[] ints(String name) {
        int at = index(name);
        Column c = schema.columns().get(at);
        int n = rows * c.width();
        switch (c.type()) {
            case BYTE, LOGICAL -> {
                return Narrow.bytes(memory(at), n, c.zero() != 0);
            }
            case SHORT -> {
                return Narrow.shorts(memory(at), n, c.zero() == 0);
            }
            case INT -> {
                if (c.zero() != 0) {
                    throw wrongType(c, "a signed type; unsigned 32-bit values are longs");
                }
                int[] out = new int[n];
                MemorySegment.copy(memory(at), JAVA_INT_UNALIGNED, 0, out, 0, n);
                return out;
            }
            default -> throw wrongType(c, "an integer type B, I or J");
        }
    }

    /** Values of a signed I column. */
    public short[] shorts(String name) {
        int at = index(name);
        Column c = schema.columns().get(at);
        requireSignedShort(c);
        short[] out = new short[rows * c.width()];
        MemorySegment.copy(memory(at), JAVA_SHORT_UNALIGNED, 0, out, 0, out.length);
        return out;
    }

    /** Integers of any integer column, or bits, widened. */
    public long[] longs(String name) {
        int at = index(name);
        Column c = schema.columns().get(at);
        int n = rows * c.width();
        long[] out = new long[n];
        if (c.type() == ColumnType.LONG || c.type() == ColumnType.BITS) {
            MemorySegment.copy(memory(at), JAVA_LONG_UNALIGNED, 0, out, 0, n);
        } else if (c.type() == ColumnType.INT && c.zero() != 0) {
            int[] v = new int[n];
            MemorySegment.copy(memory(at), JAVA_INT_UNALIGNED, 0, v, 0, n);
            Arrays.setAll(out, i -> Integer.toUnsignedLong(v[i]));
        } else {
            int[] v = ints(name);
            Arrays.setAll(out, i -> v[i]);
        }
        return out;
    }

    /** Values of any numeric column; TNULL becomes NaN. */
    public double[] doubles(String name) {
        int at = index(name);
        Column c = schema.columns().get(at);
        int n = rows * c.width();
        double[] out = new double[n];
        if (c.type() == ColumnType.DOUBLE) {
            MemorySegment.copy(memory(at), JAVA_DOUBLE_UNALIGNED, 0, out, 0, n);
        } else if (c.type() == ColumnType.FLOAT) {
            float[] v = new float[n];
            MemorySegment.copy(memory(at), JAVA_FLOAT_UNALIGNED, 0, v, 0, n);
            Arrays.setAll(out, i -> v[i]);
        } else {
            long[] v = longs(name);
            boolean nullable = c.nullValue().isPresent();
            long missing = c.nullValue().orElse(0);
            Arrays.setAll(out, i -> nullable && v[i] == missing ? Double.NaN : v[i]);
        }
        return out;
    }

    /** Texts of an A column without blanks around them. */
    public String[] texts(String name) {
        Column c = schema.column(name);
        if (c.type() != ColumnType.TEXT) {
            throw wrongType(c, "type A");
        }
        byte[] all = memory(name).toArray(JAVA_BYTE);
        String[] out = new String[rows];
        Arrays.setAll(out, i -> new String(all, i * c.repeat(), c.repeat(), StandardCharsets.US_ASCII).strip());
        return out;
    }

    /** Replaces a B, I, J or L column; a value that the type cannot hold is a fault of the program. */
    public void put(String name, int[] values) {
        int at = index(name);
        Column c = checkLength(at, values.length);
        switch (c.type()) {
            case BYTE, LOGICAL -> Narrow.putBytes(values, overwrite(at), c);
            case SHORT -> Narrow.putShorts(values, overwrite(at), c);
            case INT -> MemorySegment.copy(values, 0, overwrite(at), JAVA_INT_UNALIGNED, 0, values.length);
            default -> throw wrongType(c, "an integer type B, I or J");
        }
    }

    /** Replaces a signed I column. */
    public void put(String name, short[] values) {
        int at = index(name);
        requireSignedShort(checkLength(at, values.length));
        MemorySegment.copy(values, 0, overwrite(at), JAVA_SHORT_UNALIGNED, 0, values.length);
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
            MemorySegment.copy(values, 0, overwrite(at), JAVA_LONG_UNALIGNED, 0, values.length);
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
            MemorySegment.copy(values, 0, overwrite(at), JAVA_DOUBLE_UNALIGNED, 0, values.length);
        } else if (c.type() == ColumnType.FLOAT) {
            float[] v = new float[values.length];
            for (int i = 0; i < v.length; i++) {
                v[i] = (float) values[i];
            }
            MemorySegment.copy(v, 0, overwrite(at), JAVA_FLOAT_UNALIGNED, 0, v.length);
        } else {
            throw wrongType(c, "a floating-point type");
        }
    }

    /** Memory of a column in native byte order, row-major, for code that moves whole columns (FITS and Arrow files). */
    public MemorySegment memory(String name) {
        return memory(index(name));
    }

    /** Memory of a column for code that sets every value of it: what stood there is lost. */
    public MemorySegment overwrite(String name) {
        return overwrite(index(name));
    }

    /** Copies the rows whose flag is set into a new chunk that the caller closes. */
    public EventChunk select(boolean[] keep, long newFirstRow) {
        int n = 0;
        for (int i = 0; i < rows; i++) {
            n += keep[i] ? 1 : 0;
        }
        EventChunk out = allocate(schema, newFirstRow, n);
        for (int c = 0; c < vectors.length; c++) {
            MemorySegment from = memory(c);
            MemorySegment to = out.overwrite(c);
            long width = memoryBytes(c);
            long at = 0;
            for (int i = 0; i < rows; i++) {
                if (keep[i]) {
                    MemorySegment.copy(from, i * width, to, at, width);
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
        for (Column c : wanted.columns()) {
            if (has(c.name()) && !fresh.contains(c.name())) {
                MemorySegment m = memory(c.name());
                MemorySegment.copy(m, 0, to.overwrite(c.name()), 0, m.byteSize());
            }
        }
        return to;
    }

    @Override
    public void close() {
        for (int i = 0; i < vectors.length; i++) {
            if (vectors[i] != null) {
                vectors[i].close();
                vectors[i] = null;
            }
        }
    }

    private int index(String name) {
        int at = schema.indexOf(name);
        if (at < 0) {
            schema.column(name);
        }
        return at;
    }

    private long memoryBytes(int column) {
        Column c = schema.columns().get(column);
        return c.type() == ColumnType.BITS ? Long.BYTES : c.bytes();
    }

    private MemorySegment memory(int column) {
        return ArrowColumns.values(vector(column), memoryBytes(column) * rows);
    }

    private MemorySegment overwrite(int column) {
        if (vectors[column] == null) {
            vectors[column] = ArrowColumns.allocate(schema.field(column), schema.columns().get(column), rows);
        }
        return memory(column);
    }

    /** Vectors are made when first touched, so columns that nobody asks for cost nothing. */
    private FieldVector vector(int column) {
        if (vectors[column] == null) {
            overwrite(column);
            Column c = schema.columns().get(column);
            int n = rows * c.width();
            if (filler.isPresent()) {
                filler.get().fill(column, memory(column));
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
        return vectors[column];
    }

    private Column checkLength(int column, int length) {
        Column c = schema.columns().get(column);
        if (length != rows * c.width()) {
            throw new IllegalArgumentException(
                    c.name() + ": " + length + " values for " + rows + " rows of " + c.width());
        }
        return c;
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
