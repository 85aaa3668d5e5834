// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a calibration table is: a file and, if the user or the index says so, its extension.
 *
 * @param path the file
 * @param extension EXTNAME or number of the HDU (0 = primary), empty if the table is to be chosen by its keywords
 */
public record TableSource(Path path, String extension) {
    private static final Pattern SUFFIX = Pattern.compile("(.+?)(?:\\[([^\\[\\]]+)]|\\+(\\d+))");

    /** A table chosen by its keywords. */
    public static TableSource of(Path path) {
        return new TableSource(path, "");
    }

    /** Parses {@code file}, {@code file[EXTNAME]}, {@code file[2]} or {@code file+2}. */
    public static TableSource parse(String text) {
        Matcher m = SUFFIX.matcher(text.strip());
        if (m.matches()) {
            return new TableSource(Path.of(m.group(1)), m.group(2) != null ? m.group(2).strip() : m.group(3));
        }
        return of(Path.of(text.strip()));
    }
}
