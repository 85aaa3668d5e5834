// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.event;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.xtendsxi.caldb.column.Column;

/** How a {@link Column} stands in Arrow: type, metadata, and the memory of its values. */
final class ArrowColumns {
    /** One allocator for the whole program; chunks give their memory back when they are closed. */
    private static final BufferAllocator ALLOCATOR = new RootAllocator();

    private ArrowColumns() {
    }

    /** Element type; nulls stay the column's TNULL value, so that the file's bytes come back unchanged. */
    private static ArrowType elementType(Column c) {
        boolean flipped = c.zero() != 0;
        return switch (c.type()) {
            case BYTE -> new ArrowType.Int(8, flipped);
            case LOGICAL -> new ArrowType.Int(8, false);
            case SHORT -> new ArrowType.Int(16, !flipped);
            case INT -> new ArrowType.Int(32, !flipped);
            case LONG, BITS -> new ArrowType.Int(64, true);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case TEXT -> new ArrowType.FixedSizeBinary(c.repeat());
        };
    }

    /** The allocator of all chunks; what shares their memory must use it too. */
    static BufferAllocator allocator() {
        return ALLOCATOR;
    }

    /** Arrow field: name, type, and unit, TFORM, TNULL, range, text and world coordinates as metadata. */
    static Field field(Column c) {
        Map<String, String> meta = new LinkedHashMap<>();
        meta.put("unit", c.unit());
        meta.put("tform", c.format());
        c.nullValue().ifPresent(v -> meta.put("tnull", Long.toString(v)));
        c.min().ifPresent(v -> meta.put("tlmin", Long.toString(v)));
        c.max().ifPresent(v -> meta.put("tlmax", Long.toString(v)));
        meta.put("text", c.text());
        c.keywords().forEach((key, value) -> meta.put(key.toLowerCase(Locale.ROOT), String.valueOf(value)));
        if (c.width() == 1) {
            return new Field(c.name(), new FieldType(false, elementType(c), null, meta), null);
        }
        Field item = new Field("item", new FieldType(false, elementType(c), null), null);
        return new Field(c.name(), new FieldType(false, new ArrowType.FixedSizeList(c.width()), null, meta),
                List.of(item));
    }

    /** Allocates a column for a number of rows, zero-filled, every value present. */
    static FieldVector allocate(Field field, Column c, int rows) {
        FieldVector v = field.createVector(ALLOCATOR);
        if (v instanceof FixedSizeListVector list) {
            list.setInitialCapacity(rows);
            list.allocateNew();
            list.getValidityBuffer().setOne(0L, (rows + 7L) / 8);
        }
        int n = rows * c.width();
        BaseFixedWidthVector items = items(v);
        items.allocateNew(n);
        items.getValidityBuffer().setOne(0L, (n + 7L) / 8);
        items.setValueCount(n);
        if (v instanceof FixedSizeListVector list) {
            list.setValueCount(rows);
        }
        return v;
    }

    private static BaseFixedWidthVector items(FieldVector v) {
        return (BaseFixedWidthVector) (v instanceof FixedSizeListVector list ? list.getDataVector() : v);
    }

    /** Memory of a column's values in native byte order. */
    static MemorySegment values(FieldVector v, long bytes) {
        return MemorySegment.ofBuffer(items(v).getDataBuffer().nioBuffer(0, Math.toIntExact(bytes)));
    }
}
