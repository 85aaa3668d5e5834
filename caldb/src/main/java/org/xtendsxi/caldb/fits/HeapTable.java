// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;

/**
 * A small binary table in memory, some columns of which have another number of values in each row (format P with a
 * heap, FITS standard 4.0 section 7.3.5), as response matrices need it. Rows are encoded as they are added.
 */
public final class HeapTable {
    private static final int DESCRIPTOR = 8;

    /**
     * A column of a heap table.
     *
     * @param column name, type (I, J, E or D) and keywords; repeat 1
     * @param variable whether its values stand in the heap
     */
    public record Field(Column column, boolean variable) {
        /** One value in each row. */
        public static Field one(Column column) {
            return new Field(column, false);
        }

        /** Any number of values in each row. */
        public static Field many(Column column) {
            return new Field(column, true);
        }

        private int bytes() {
            return variable ? DESCRIPTOR : column.bytes();
        }
    }

    private final List<Field> fields;
    private final int[] longest;
    private final ByteArrayOutputStream table = new ByteArrayOutputStream();
    private final ByteArrayOutputStream heap = new ByteArrayOutputStream();
    private int rows;

    /** A table without rows. */
    public HeapTable(List<Field> fields) {
        for (Field f : fields) {
            if (!supported(f.column().type()) || f.column().repeat() != 1 || f.column().zero() != 0) {
                throw new IllegalArgumentException("column " + f.column().name() + ": " + f.column().format());
            }
        }
        this.fields = List.copyOf(fields);
        this.longest = new int[fields.size()];
    }

    private static boolean supported(ColumnType t) {
        return t == ColumnType.SHORT || t == ColumnType.INT || t == ColumnType.FLOAT || t == ColumnType.DOUBLE;
    }

    /** Rows so far. */
    public int rows() {
        return rows;
    }

    /**
     * Appends a row.
     *
     * @param values one array for each column in order; of length 1 unless the column is variable
     */
    public void row(double[]... values) {
        if (values.length != fields.size()) {
            throw new IllegalArgumentException(values.length + " columns, not " + fields.size());
        }
        for (int i = 0; i < values.length; i++) {
            Field f = fields.get(i);
            if (f.variable()) {
                int at = heap.size();
                table.writeBytes(ByteBuffer.allocate(DESCRIPTOR).putInt(values[i].length).putInt(at).array());
                heap.writeBytes(encode(f.column().type(), values[i]));
                longest[i] = Math.max(longest[i], values[i].length);
            } else if (values[i].length == 1) {
                table.writeBytes(encode(f.column().type(), values[i]));
            } else {
                throw new IllegalArgumentException("column " + f.column().name() + " takes one value in each row");
            }
        }
        rows++;
    }

    private static byte[] encode(ColumnType type, double[] values) {
        ByteBuffer b = ByteBuffer.allocate(type.bytes(values.length));
        for (double v : values) {
            switch (type) {
                case SHORT -> b.putShort((short) whole(v, Short.MIN_VALUE, Short.MAX_VALUE));
                case INT -> b.putInt((int) whole(v, Integer.MIN_VALUE, Integer.MAX_VALUE));
                case FLOAT -> b.putFloat((float) v);
                default -> b.putDouble(v);
            }
        }
        return b.array();
    }

    private static long whole(double v, long min, long max) {
        if (v != Math.rint(v) || v < min || v > max) {
            throw new IllegalArgumentException("not a whole number in " + min + ".." + max + ": " + v);
        }
        return (long) v;
    }

    /** Cards of the columns and the sizes of the table. */
    Keywords structure() {
        int rowBytes = fields.stream().mapToInt(Field::bytes).sum();
        Keywords k = new Keywords().set("XTENSION", "BINTABLE", "binary table").set("BITPIX", 8L, "")
                .set("NAXIS", 2L, "").set("NAXIS1", rowBytes, "bytes of a row").set("NAXIS2", rows, "rows")
                .set("PCOUNT", heap.size(), "bytes of the heap").set("GCOUNT", 1L, "");
        ColumnCards.write(fields.stream().map(Field::column).toList(), k);
        for (int i = 0; i < longest.length; i++) {
            if (fields.get(i).variable()) {
                k.set("TFORM" + (i + 1), "1P" + fields.get(i).column().type().code() + "(" + longest[i] + ")", "");
            }
        }
        return k;
    }

    /** Rows and heap. */
    byte[] data() {
        return ByteBuffer.allocate(table.size() + heap.size()).put(table.toByteArray()).put(heap.toByteArray())
                .array();
    }

    /**
     * Reads one column of a table with a heap.
     *
     * @param file open file
     * @param hdu the table
     * @param name column of type I, J, E or D
     * @return values [row][any]; a column that is not variable has rows of its repeat count
     */
    public static double[][] column(FitsReader file, Hdu hdu, String name) {
        Keywords k = hdu.keywords();
        int rowBytes = k.needInteger("NAXIS1");
        int count = k.needInteger("NAXIS2");
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(hdu.dataBytes()));
        file.readData(hdu, 0, all);
        int heapAt = (int) k.integer("THEAP").orElse((long) rowBytes * count);
        int offset = 0;
        for (int i = 1; i <= k.needInteger("TFIELDS"); i++) {
            VariableForm form = VariableForm.of(k, i);
            if (k.needText("TTYPE" + i).strip().equals(name)) {
                List<double[]> out = new ArrayList<>();
                for (int row = 0; row < count; row++) {
                    int at = row * rowBytes + offset;
                    int n = form.variable() ? all.getInt(at) : form.repeat();
                    int from = form.variable() ? heapAt + all.getInt(at + Integer.BYTES) : at;
                    if (n < 0 || from < 0 || (long) from + form.type().bytes(n) > all.capacity()) {
                        throw SxiException.data("row points outside the heap").in(file.path()).hdu(hdu.name())
                                .row(row + 1L).column(name).value(n).todo("write the file again").build();
                    }
                    out.add(decode(all, from, form.type(), n));
                }
                return out.toArray(double[][]::new);
            }
            offset += form.bytes();
        }
        throw SxiException.data("column is missing").in(file.path()).hdu(hdu.name()).column(name)
                .todo("give a file that has it").build();
    }

    private static double[] decode(ByteBuffer all, int from, ColumnType type, int n) {
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            int at = from + type.bytes(i);
            v[i] = switch (type) {
                case SHORT -> all.getShort(at);
                case INT -> all.getInt(at);
                case FLOAT -> all.getFloat(at);
                default -> all.getDouble(at);
            };
        }
        return v;
    }

    /** Format of a column that may be variable. */
    private record VariableForm(boolean variable, int repeat, ColumnType type) {
        static VariableForm of(Keywords k, int i) {
            String form = k.needText("TFORM" + i).strip();
            boolean variable = ColumnCards.variable(form);
            String fixed = form.replaceFirst("^[01]?P", "").replaceFirst("\\(\\d*\\)$", "");
            String digits = fixed.replaceFirst("\\D.*$", "");
            ColumnType type = fixed.length() != digits.length() + 1 ? ColumnType.TEXT
                    : ColumnType.ofCode(fixed.charAt(digits.length())).orElse(ColumnType.TEXT);
            if (!supported(type)) {
                throw k.at(SxiException.data("column format is not supported"), "TFORM" + i).value(form)
                        .limit("I J E D, or P of these").todo("convert the column").build();
            }
            return new VariableForm(variable, digits.isEmpty() ? 1 : Integer.parseInt(digits), type);
        }

        int bytes() {
            return variable ? DESCRIPTOR : type.bytes(repeat);
        }
    }
}
