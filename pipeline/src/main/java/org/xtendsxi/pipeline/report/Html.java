// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The few forms in which reports say things. */
final class Html {
    private Html() {
    }

    /** A cell of a table with a number, which stands to the right. */
    static String number(String format, Object... values) {
        return "<td class=n>" + String.format(Locale.ROOT, format, values);
    }

    /** A cell of a table with plain text. */
    static String cell(Object raw) {
        return "<td>" + HtmlPage.text(raw);
    }

    /**
     * A table.
     *
     * @param heads headings; those that start with {@code #} stand over numbers
     * @param rows cells of each row, as HTML
     */
    static String table(List<String> heads, List<String> rows) {
        return "<div class=table><table><thead><tr>" + heads.stream().map(h -> h.startsWith("#")
                ? "<th class=n>" + h.substring(1) : "<th>" + h).collect(Collectors.joining())
                + "</tr></thead><tbody>\n" + rows.stream().map(r -> "<tr>" + r + "</tr>\n").collect(Collectors.joining())
                + "</tbody></table></div>\n";
    }

    /** A block with a heading. */
    static String block(String heading, String body) {
        return "<div class=block><h3>" + HtmlPage.text(heading) + "</h3>\n" + body + "</div>\n";
    }
}
