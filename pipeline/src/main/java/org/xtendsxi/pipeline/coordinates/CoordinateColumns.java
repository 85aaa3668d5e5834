// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.teldef.CoordinateSystem;
import org.xtendsxi.caldb.teldef.TelDef;

/** The coordinate columns with their range and world coordinates (events-coords-screening section 7.8). */
public final class CoordinateColumns {
    private static final long NULL = -1;

    private CoordinateColumns() {
    }

    /** Column of unrounded positions. */
    public static String floatName(String column) {
        return column + "_FLOAT";
    }

    /**
     * Columns to have in the table: those that exist keep type and null value, all get range and world coordinates in
     * full precision.
     *
     * @param teldef telescope
     * @param centre centre of the sky system
     * @param options which systems
     * @param existing columns of the table
     */
    public static List<Column> of(TelDef teldef, SkyCentre centre, CoordinateOptions options, EventSchema existing) {
        List<Column> all = new ArrayList<>();
        for (int level = options.start(); level < teldef.systems().size(); level++) {
            CoordinateSystem s = teldef.systems().get(level);
            boolean made = level <= options.stop();
            for (boolean first : new boolean[] {true, false}) {
                String name = first ? s.xColumn() : s.yColumn();
                if (made || existing.has(name)) {
                    Column c = existing.find(name).orElse(Column.of(name, ColumnType.SHORT, 1).unit("pixel"));
                    all.add(described(c, teldef, level, first, centre));
                }
            }
        }
        for (int level = options.start(); level <= options.stop(); level++) {
            if (options.hasFloats(level, teldef)) {
                CoordinateSystem s = teldef.systems().get(level);
                for (String name : List.of(s.xColumn(), s.yColumn())) {
                    all.add(Column.of(floatName(name), ColumnType.DOUBLE, 1).unit("pixel").keyword("TDISP", "F14.8"));
                }
            }
        }
        return all;
    }

    private static Column described(Column c, TelDef teldef, int level, boolean first, SkyCentre centre) {
        CoordinateSystem s = teldef.systems().get(level);
        boolean sky = level == teldef.skyIndex();
        double scale = first ? s.scaleX() : s.scaleY();
        Column d = c.nullValue().isPresent() ? c : c.nullValue(NULL);
        d = d.range((long) (first ? s.firstX() : s.firstY()), (long) (first ? s.lastX() : s.lastY()))
                .keyword("TCTYP", sky ? first ? "RA---TAN" : "DEC--TAN" : s.name() + (first ? "X" : "Y"))
                .keyword("TCUNI", sky ? "deg" : s.unit())
                .keyword("TCRPX", first ? s.centreX() : s.centreY())
                .keyword("TCRVL", sky ? first ? centre.ra() : centre.dec() : 0.0)
                .keyword("TCDLT", sky && first ? -scale : scale);
        if (sky && !first) {
            d = d.keyword("TCROT", teldef.toSky().roll().sign() * (centre.roll() + teldef.toSky().roll().offset()));
        }
        return d;
    }
}
