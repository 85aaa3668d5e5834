// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.column;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One column of a table: everything that the keywords of its header say.
 *
 * @param name TTYPE
 * @param type element type (TFORM)
 * @param repeat elements per row; bits for {@link ColumnType#BITS}, characters for {@link ColumnType#TEXT}
 * @param unit TUNIT, empty if none
 * @param zero TZERO: 0, or the offset of {@link ColumnType#signFlip()}
 * @param nullValue TNULL as the column's readers see it (after TZERO); integers only
 * @param min TLMIN, lowest legal value (after TZERO)
 * @param max TLMAX, highest legal value (after TZERO)
 * @param text what the column holds, the comment of TTYPE
 * @param keywords further keywords by their root, such as TDIM, TDISP or TCTYP; values String, Long or Double
 */
public record Column(String name, ColumnType type, int repeat, String unit, long zero, OptionalLong nullValue,
        OptionalLong min, OptionalLong max, String text, Map<String, Object> keywords) {

    /** Copies the keywords. */
    public Column {
        keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
    }

    /** A column without unit, null or range. */
    public static Column of(String name, ColumnType type, int repeat) {
        return new Column(name, type, repeat, "", 0, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(),
                "", Map.of());
    }

    /** The same column with a unit. */
    public Column unit(String newUnit) {
        return new Column(name, type, repeat, newUnit, zero, nullValue, min, max, text, keywords);
    }

    /** The same column stored with the other signedness: unsigned I and J, signed B. */
    public Column signFlipped() {
        return new Column(name, type, repeat, unit, type.signFlip(), nullValue, min, max, text, keywords);
    }

    /** The same column with a null value. */
    public Column nullValue(long value) {
        return new Column(name, type, repeat, unit, zero, OptionalLong.of(value), min, max, text, keywords);
    }

    /** The same column with a legal range. */
    public Column range(long low, long high) {
        return new Column(name, type, repeat, unit, zero, nullValue, OptionalLong.of(low), OptionalLong.of(high), text,
                keywords);
    }

    /** The same column with an explanation. */
    public Column text(String newText) {
        return new Column(name, type, repeat, unit, zero, nullValue, min, max, newText, keywords);
    }

    /** The same column under another name. */
    public Column named(String newName) {
        return new Column(newName, type, repeat, unit, zero, nullValue, min, max, text, keywords);
    }

    /** The same column with one more keyword, such as TCRPX; the value is a String, Long or Double. */
    public Column keyword(String root, Object value) {
        Map<String, Object> k = new LinkedHashMap<>(keywords);
        k.put(root, value);
        return new Column(name, type, repeat, unit, zero, nullValue, min, max, text, k);
    }

    /** Bytes of the column in a row. */
    public int bytes() {
        return type.bytes(repeat);
    }

    /** Elements of a row as readers see them: bits and text count as one. */
    public int width() {
        return type == ColumnType.BITS || type == ColumnType.TEXT ? 1 : repeat;
    }

    /** TFORM of the column. */
    public String format() {
        return repeat + String.valueOf(type.code());
    }

    /** Whether a value lies outside TLMIN..TLMAX; null values do. */
    public boolean outside(long value) {
        return min.isPresent() && value < min.getAsLong() || max.isPresent() && value > max.getAsLong();
    }
}
