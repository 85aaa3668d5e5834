// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.SxiException;

/** The columns of an event table, in file order. Names are compared without regard to case, as FITS does. */
public final class EventSchema {
    private final List<Column> columns;
    private final Map<String, Integer> index = new HashMap<>();
    private final Field[] fields;

    /** A schema of the given columns; a name that comes twice is a fault of the data. */
    public EventSchema(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.fields = new Field[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            if (index.put(key(columns.get(i).name()), i) != null) {
                throw SxiException.data("two columns have the same name").column(columns.get(i).name())
                        .todo("rename or delete one of them").build();
            }
        }
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /** The columns in file order. */
    public List<Column> columns() {
        return columns;
    }

    /** Arrow field of a column, made when first asked for. */
    Field field(int at) {
        if (fields[at] == null) {
            fields[at] = ArrowColumns.field(columns.get(at));
        }
        return fields[at];
    }

    /** Whether a column exists. */
    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /** Position of a column, or -1. */
    public int indexOf(String name) {
        Integer at = index.get(name);
        return at != null ? at : index.getOrDefault(key(name), -1);
    }

    /** A column, if it exists. */
    public Optional<Column> find(String name) {
        return Optional.ofNullable(index.get(key(name))).map(columns::get);
    }

    /** A column that must exist. */
    public Column column(String name) {
        return find(name).orElseThrow(() -> SxiException.data("column is missing").column(name)
                .todo("give a table that has it, or run the stage that makes it").build());
    }

    /** This schema with further columns; one that exists already is replaced at its place. */
    public EventSchema with(List<Column> more) {
        List<Column> all = new ArrayList<>(columns);
        for (Column c : more) {
            int at = indexOf(c.name());
            if (at >= 0) {
                all.set(at, c);
            } else {
                all.add(c);
            }
        }
        return new EventSchema(all);
    }

    /** Bytes of a row in a FITS table. */
    public int rowBytes() {
        return columns.stream().mapToInt(Column::bytes).sum();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof EventSchema s && s.columns.equals(columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }
}
