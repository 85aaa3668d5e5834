// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;

/** Columns from and to the keywords of a binary table. */
final class ColumnCards {
    private static final Pattern TFORM = Pattern.compile("(\\d*)([LXBIJKAED])\\d*.*");
    private static final List<String> TEXTS = List.of("TDIM", "TDISP", "TCTYP", "TCUNI", "TCNAM");
    private static final List<String> NUMBERS = List.of("TCRPX", "TCRVL", "TCDLT", "TCROT", "TDMIN", "TDMAX", "TDBIN");

    private ColumnCards() {
    }

    /** Whether a TFORM is that of a column with its values in a heap. */
    static boolean variable(String form) {
        return form.strip().matches("[01]?P.*");
    }

    /** Whether a table header has such a column. */
    static boolean anyVariable(Keywords k) {
        return IntStream.rangeClosed(1, k.needInteger("TFIELDS"))
                .anyMatch(i -> k.text("TFORM" + i).filter(ColumnCards::variable).isPresent());
    }

    /** Columns of a table header. */
    static List<Column> read(Keywords k) {
        List<Column> all = new ArrayList<>();
        int n = k.needInteger("TFIELDS");
        for (int i = 1; i <= n; i++) {
            all.add(read(k, i));
        }
        return all;
    }

    /** TDIM may not ask for more elements than TFORM has (FITS standard 4.0, section 7.3.2). */
    private static void checkShape(Keywords k, int i, String form, int repeat) {
        String shape = k.text("TDIM" + i).orElse("").strip();
        if (shape.isEmpty()) {
            return;
        }
        boolean fits = shape.matches("\\(\\s*\\d{1,9}(\\s*,\\s*\\d{1,9})*\\s*\\)");
        long elements = 1;
        for (String axis : fits ? shape.replaceAll("[()\\s]", "").split(",") : new String[0]) {
            elements = Math.min(elements * Long.parseLong(axis), Integer.MAX_VALUE);
        }
        if (!fits || elements > repeat) {
            throw k.at(SxiException.data("shape of the column does not fit its format"), "TDIM" + i).value(shape)
                    .limit("at most the elements of TFORM " + form).todo("repair the header").build();
        }
    }

    private static Column read(Keywords k, int i) {
        String form = k.needText("TFORM" + i).strip();
        Matcher m = TFORM.matcher(form);
        if (!m.matches()) {
            throw k.at(SxiException.data("column format is not supported"), "TFORM" + i).value(form)
                    .limit("L X B I J K A E D of fixed length").todo("convert the column").build();
        }
        ColumnType type = ColumnType.ofCode(m.group(2).charAt(0)).orElseThrow();
        int repeat = m.group(1).isEmpty() ? 1 : Integer.parseInt(m.group(1));
        if (type == ColumnType.BITS && repeat > Long.SIZE) {
            throw k.at(SxiException.data("column has too many bits"), "TFORM" + i).value(form).limit(Long.SIZE)
                    .todo("split the column").build();
        }
        checkShape(k, i, form, repeat);
        long zero = scaling(k, i, type);
        boolean whole = type.integer();
        Map<String, Object> extra = new LinkedHashMap<>();
        for (String root : TEXTS) {
            k.text(root + i).ifPresent(v -> extra.put(root, v));
        }
        for (String root : NUMBERS) {
            k.real(root + i).ifPresent(v -> extra.put(root, v));
        }
        if (!whole) {
            k.real("TLMIN" + i).ifPresent(v -> extra.put("TLMIN", v));
            k.real("TLMAX" + i).ifPresent(v -> extra.put("TLMAX", v));
        }
        OptionalLong none = OptionalLong.empty();
        OptionalLong stored = whole ? k.integer("TNULL" + i) : none;
        return new Column(k.needText("TTYPE" + i).strip(), type, repeat, k.text("TUNIT" + i).orElse("").strip(), zero,
                stored.isPresent() ? OptionalLong.of(stored.getAsLong() + zero) : none,
                whole ? k.integer("TLMIN" + i) : none, whole ? k.integer("TLMAX" + i) : none,
                k.comment("TTYPE" + i), extra);
    }

    private static long scaling(Keywords k, int i, ColumnType type) {
        OptionalDouble zero = k.real("TZERO" + i);
        double scale = k.real("TSCAL" + i).orElse(1);
        double z = zero.orElse(0);
        if (scale != 1 || z != 0 && z != type.signFlip()) {
            throw k.at(SxiException.data("column scaling is not supported"), "TZERO" + i)
                    .value("TSCAL " + scale + ", TZERO " + z)
                    .limit("TSCAL 1 and TZERO 0 or " + type.signFlip()).todo("unscale the column").build();
        }
        return (long) z;
    }

    /** Appends the keywords of all columns. */
    static void write(List<Column> columns, Keywords out) {
        out.set("TFIELDS", columns.size(), "number of columns");
        for (int n = 0; n < columns.size(); n++) {
            Column c = columns.get(n);
            int i = n + 1;
            String text = c.text() == null ? "" : c.text();
            out.set("TTYPE" + i, c.name(), text.length() > 46 ? text.substring(0, 46) : text);
            out.set("TFORM" + i, c.format(), "");
            if (!c.unit().isEmpty()) {
                out.set("TUNIT" + i, c.unit(), "");
            }
            if (c.zero() != 0) {
                out.set("TSCAL" + i, 1L, "");
                out.set("TZERO" + i, c.zero(), "");
            }
            c.nullValue().ifPresent(v -> out.set("TNULL" + i, v - c.zero(), ""));
            c.min().ifPresent(v -> out.set("TLMIN" + i, v, ""));
            c.max().ifPresent(v -> out.set("TLMAX" + i, v, ""));
            c.keywords().forEach((root, v) -> {
                switch (v) {
                    case String s -> out.set(root + i, s, "");
                    case Long l -> out.set(root + i, l, "");
                    case Double d -> out.set(root + i, d, "");
                    default -> throw new IllegalArgumentException(root + ": " + v.getClass());
                }
            });
        }
    }
}
