// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.command.Console;
import tools.jackson.databind.json.JsonMapper;

/** Rows for a person as a table with aligned columns, or as JSON objects for a program. */
public final class Listing {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> titles;
    private final List<List<Object>> rows = new ArrayList<>();

    /** A table with these titles. */
    public Listing(String... titles) {
        this.titles = List.of(titles);
    }

    /** Appends a row, one value for each title; a list is shown joined by commas. */
    public void add(Object... values) {
        rows.add(List.of(values));
    }

    /** Prints the table. */
    public void print(Console console) {
        if (console.json()) {
            console.result(JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(rows.stream().map(this::object).toList()));
            return;
        }
        int[] width = new int[titles.size()];
        for (int c = 0; c < width.length; c++) {
            width[c] = titles.get(c).length();
            for (List<Object> row : rows) {
                width[c] = Math.max(width[c], text(row.get(c)).length());
            }
        }
        console.result(line(titles, width));
        rows.forEach(row -> console.result(line(row, width)));
    }

    private Map<String, Object> object(List<Object> row) {
        Map<String, Object> m = new LinkedHashMap<>();
        for (int c = 0; c < titles.size(); c++) {
            m.put(titles.get(c), row.get(c));
        }
        return m;
    }

    private static String line(List<?> row, int[] width) {
        StringBuilder b = new StringBuilder();
        for (int c = 0; c < width.length; c++) {
            String t = text(row.get(c));
            b.append(t).append(" ".repeat(width[c] - t.length() + 2));
        }
        return b.toString().stripTrailing();
    }

    private static String text(Object value) {
        return value instanceof List<?> list ? String.join(", ", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }
}
