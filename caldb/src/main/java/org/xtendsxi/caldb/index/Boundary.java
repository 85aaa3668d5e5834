// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xtendsxi.caldb.error.SxiException;

/**
 * A boundary expression such as {@code DATAMODE.eq.WINDOW1.and.CISTATUS.eq.1}: terms joined by {@code .and.} and
 * {@code .or.} (and binds tighter), each with {@code .eq. .ne. .lt. .le. .gt. .ge.}.
 *
 * <p>A term holds for an index row if one of the row's boundaries of that name does: {@code NAME(VALUE)},
 * {@code NAME(V1,V2)} for alternatives or {@code NAME(LOW-HIGH)unit} for a range of numbers. A row without that
 * boundary holds for every value.
 */
final class Boundary {
    private static final Pattern TERM = Pattern.compile("\\s*(\\w+)\\s*\\.(eq|ne|lt|le|gt|ge)\\.\\s*([^\\s].*?)\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OPERATOR = Pattern.compile("\\.(eq|ne|lt|le|gt|ge)\\.", Pattern.CASE_INSENSITIVE);
    private static final Pattern VALUE = Pattern.compile("\\s*(\\w+)\\s*\\((.*)\\).*");
    private static final Pattern RANGE = Pattern.compile("\\s*(-?[\\d.]+)\\s*-\\s*(-?[\\d.]+)\\s*");

    private final List<List<Term>> alternatives = new ArrayList<>();

    private record Term(String name, String operator, String value) {
    }

    private Boundary() {
    }

    /** Parses an expression; a blank one always holds. */
    static Boundary parse(String expression) {
        Boundary b = new Boundary();
        if (expression.isBlank()) {
            b.alternatives.add(List.of());
            return b;
        }
        for (String or : expression.split("(?i)\\.or\\.", -1)) {
            List<Term> all = new ArrayList<>();
            for (String and : or.split("(?i)\\.and\\.", -1)) {
                Matcher m = TERM.matcher(and);
                if (!m.matches() || OPERATOR.matcher(m.group(3)).find()) {
                    throw SxiException.usage("boundary expression cannot be read").value(and.strip())
                            .limit("NAME.eq.VALUE joined by .and. or .or.").todo("repair the expression").build();
                }
                all.add(new Term(m.group(1).toUpperCase(Locale.ROOT), m.group(2).toLowerCase(Locale.ROOT),
                        m.group(3).replace("\"", "").toUpperCase(Locale.ROOT)));
            }
            b.alternatives.add(all);
        }
        return b;
    }

    /** Whether the expression holds for a row with these boundaries. */
    boolean holds(List<String> boundaries) {
        return alternatives.stream().anyMatch(all -> all.stream().allMatch(t -> holds(t, boundaries)));
    }

    private static boolean holds(Term t, List<String> boundaries) {
        boolean named = false;
        for (String boundary : boundaries) {
            Matcher m = VALUE.matcher(boundary.toUpperCase(Locale.ROOT));
            if (m.matches() && m.group(1).equals(t.name())) {
                named = true;
                for (String value : m.group(2).split(",")) {
                    if (compare(t, value.strip().replace("\"", ""))) {
                        return true;
                    }
                }
            }
        }
        return !named;
    }

    private static boolean compare(Term t, String value) {
        Matcher range = RANGE.matcher(value);
        try {
            double wanted = Double.parseDouble(t.value());
            double low = range.matches() ? Double.parseDouble(range.group(1)) : Double.parseDouble(value);
            double high = range.matches() ? Double.parseDouble(range.group(2)) : low;
            return switch (t.operator()) {
                case "eq" -> low <= wanted && wanted <= high;
                case "ne" -> wanted < low || wanted > high;
                case "lt" -> low < wanted;
                case "le" -> low <= wanted;
                case "gt" -> high > wanted;
                default -> high >= wanted;
            };
        } catch (NumberFormatException e) {
            return t.operator().equals("ne") != value.equals(t.value());
        }
    }
}
