// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.Transformation.MultiSegment;
import org.xtendsxi.caldb.teldef.Transformation.Row;

/**
 * The rows of a MULTISEG table that an event file can use: properties given by header keywords are settled, window
 * offsets are added (events-coords-screening section 7.2).
 */
final class BoundSegments {
    private final List<String> columns = new ArrayList<>();
    private final int[][] values;
    private final Affine[] maps;
    private final Row[] rows;

    /**
     * Binds a table to an event file.
     *
     * @param t the table
     * @param schema columns of the events; a property that is not among them is a keyword
     * @param header keywords of the events
     */
    BoundSegments(MultiSegment t, EventSchema schema, Keywords header) {
        List<Integer> fromColumns = new ArrayList<>();
        int[] fixed = new int[t.properties().size()];
        for (int p = 0; p < fixed.length; p++) {
            String name = t.properties().get(p);
            if (schema.has(name)) {
                fromColumns.add(p);
                columns.add(name);
            } else {
                fixed[p] = header.needInteger(name);
            }
        }
        rows = t.rows().stream().filter(r -> matches(r, fixed, fromColumns)).toArray(Row[]::new);
        if (rows.length == 0) {
            throw SxiException.calibration("TelDef has no coefficients for this read-out").in(header.file())
                    .hdu(header.hdu()).value(t.properties() + " " + java.util.Arrays.toString(fixed))
                    .todo("give a TelDef file that knows this window mode").build();
        }
        values = new int[rows.length][];
        maps = new Affine[rows.length];
        Affine shift = new Affine(offset(t.offsetX(), header), 1, 0, offset(t.offsetY(), header), 0, 1);
        for (int r = 0; r < rows.length; r++) {
            Row row = rows[r];
            values[r] = fromColumns.stream().mapToInt(p -> row.values().get(p)).toArray();
            maps[r] = row.map().then(shift);
        }
    }

    private static boolean matches(Row r, int[] fixed, List<Integer> fromColumns) {
        for (int p = 0; p < fixed.length; p++) {
            if (!fromColumns.contains(p) && r.values().get(p) != fixed[p]) {
                return false;
            }
        }
        return true;
    }

    private static double offset(Optional<String> key, Keywords header) {
        return key.isPresent() ? header.needReal(key.get()) : 0;
    }

    /** Event columns that choose the row. */
    List<String> columns() {
        return columns;
    }

    /** First row that matches an event, or -1. */
    int row(int[][] properties, int event) {
        for (int r = 0; r < values.length; r++) {
            int p = 0;
            while (p < properties.length && properties[p][event] == values[r][p]) {
                p++;
            }
            if (p == properties.length) {
                return r;
            }
        }
        return -1;
    }

    Affine map(int row) {
        return maps[row];
    }

    double wholeX(int row, double x) {
        return (int) (x + 0.5 - rows[row].xE()) % (int) rows[row].xD();
    }

    double wholeY(int row, double y) {
        return (int) (y + 0.5 - rows[row].yE()) % (int) rows[row].yD();
    }
}
