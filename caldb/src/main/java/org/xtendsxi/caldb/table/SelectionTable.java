// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;

/** SELECT: screening expressions by label, instrument and kind of file (events-coords-screening section 12.2). */
public final class SelectionTable {
    /** Columns of the file. */
    public static final EventSchema SCHEMA = new EventSchema(List.of(Column.of("LABEL", ColumnType.TEXT, 24),
            Column.of("SUBSYS", ColumnType.TEXT, 10), Column.of("FROMFILE", ColumnType.TEXT, 10),
            Column.of("EXPR", ColumnType.TEXT, 160)));

    private final Path path;
    private final List<Row> rows = new ArrayList<>();

    /** A row of the file. */
    private record Row(String label, String instrument, String source, String expression) {
    }

    private SelectionTable(Path path) {
        this.path = path;
    }

    /** Reads the first table that has the columns LABEL, SUBSYS, FROMFILE and EXPR. */
    public static SelectionTable load(Path path) {
        SelectionTable t = new SelectionTable(path);
        try (FitsReader f = FitsReader.open(path)) {
            Hdu hdu = f.hdus().stream().filter(h -> h.kind() == Hdu.Kind.TABLE
                    && SCHEMA.columns().stream().allMatch(c -> new EventSchema(h.columns()).has(c.name()))).findFirst()
                    .orElseThrow(() -> SxiException.calibration("file has no table of expressions").in(path)
                            .limit("columns LABEL, SUBSYS, FROMFILE, EXPR").todo("give a select file").build());
            try (EventChunk c = f.whole(hdu)) {
                String[] label = c.texts("LABEL");
                String[] instrument = c.texts("SUBSYS");
                String[] source = c.texts("FROMFILE");
                String[] expression = c.texts("EXPR");
                for (int i = 0; i < c.rows(); i++) {
                    t.rows.add(new Row(label[i], instrument[i], source[i], expression[i]));
                }
            }
        }
        return t;
    }

    /**
     * All expressions of a label, joined by {@code &&}.
     *
     * @param label such as XTDCCDW1SCI; several are parted by commas
     * @param instrument SUBSYS, such as XTEND
     * @param source FROMFILE: EVENT, EHK or MKF
     * @throws SxiException (calibration) if a label has none
     */
    public String expression(String label, String instrument, String source) {
        List<String> all = new ArrayList<>();
        for (String one : label.split(",")) {
            List<String> found = rows.stream().filter(r -> r.label.equals(one.strip())
                    && r.instrument.equals(instrument) && r.source.equals(source)).map(Row::expression).toList();
            if (found.isEmpty()) {
                Set<String> known = new LinkedHashSet<>();
                rows.stream().filter(r -> r.instrument.equals(instrument) && r.source.equals(source))
                        .forEach(r -> known.add(r.label));
                throw SxiException.calibration("select file has no expression for " + instrument + " " + source)
                        .in(path)
                        .column("LABEL").value(one.strip()).limit(String.join(", ", known))
                        .todo("give another label, or the expression itself").build();
            }
            all.addAll(found);
        }
        return all.size() == 1 ? all.getFirst() : "(" + String.join(")&&(", all) + ")";
    }
}
