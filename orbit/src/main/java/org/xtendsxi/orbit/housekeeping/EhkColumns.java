// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.housekeeping;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventSchema;

/** Columns of EHK (events-coords-screening section 4.1) that can be computed. */
final class EhkColumns {
    private static final List<Column> ALWAYS = List.of(time("TIME", "mission time"),
            real("EULER1", "deg", "attitude, first angle Z-Y-Z"), real("EULER2", "deg", "second angle"),
            real("EULER3", "deg", "third angle"), real("RA", "deg", "pointing"), real("DEC", "deg", "pointing"),
            real("ROLL", "deg", "roll of the pointing"), real("ANG_DIST", "arcmin", "from the nominal pointing"),
            real("SAT_ALT", "km", "above the ellipsoid"), real("SAT_LON", "deg", "east, 0..360"),
            real("SAT_LAT", "deg", "geodetic"), real("ELV", "deg", "pointing above the limb"),
            real("DYE_ELV", "deg", "from the lit Earth"), real("NTE_ELV", "deg", "from the dark Earth"),
            real("MZELV", "deg", "-Z above the limb"), real("MZDYE_ELV", "deg", "-Z from the lit Earth"),
            real("MZNTE_ELV", "deg", "-Z from the dark Earth"),
            real("ZE_ANG", "deg", "pointing from the centre of the Earth"),
            real("SUN_ALT", "deg", "Sun above the limb"),
            flag("DY_NT", "1 in sunlight"), time("T_DY_NT", "since sunrise or sunset"),
            time("TN_DY_NT", "until sunrise or sunset"), real("COR", "GV", "cut-off rigidity of a dipole"),
            Column.of("SAA", ColumnType.BYTE, 1).range(0, 3).text("general South Atlantic Anomaly; 2, 3 deep in it"),
            time("T_SAA", "since the anomaly"), time("TN_SAA", "until the anomaly"),
            flag("SAA_SXI", "1 in the anomaly of the instrument"), time("T_SAA_SXI", "since it"),
            time("TN_SAA_SXI", "until it"));

    private EhkColumns() {
    }

    /** With the columns of cut-off rigidity that there are maps for, such as COR2. */
    static EventSchema with(Collection<String> rigidities) {
        return new EventSchema(Stream.concat(ALWAYS.stream(), rigidities.stream()
                .map(name -> real(name, "GV", "cut-off rigidity of a map"))).toList());
    }

    private static Column real(String name, String unit, String text) {
        return Column.of(name, ColumnType.DOUBLE, 1).unit(unit).text(text);
    }

    private static Column time(String name, String text) {
        return real(name, "s", text);
    }

    private static Column flag(String name, String text) {
        return Column.of(name, ColumnType.BYTE, 1).range(0, 1).text(text);
    }
}
