// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.model;

import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;

/**
 * VIGNET (OGIP CAL/GEN/92-021): transmission by energy and angle from the axis, the same in all azimuths. A smooth
 * model,
 * 1 / (1 + (angle / half)^2) with a half-value angle from 13 arcmin at low energies to 9 arcmin at 12 keV; it only has
 * the trend of foil mirrors and is no measurement.
 */
final class ModelVignetting {
    private static final double[] EDGES = {0.2, 0.5, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15};
    private static final int ANGLES = 31;
    private static final double LOW_ENERGY_HALF = 13;
    private static final double FALL = 4;
    private static final double FALL_KEV = 12;

    private ModelVignetting() {
    }

    static void write(FitsWriter file, ModelFile m) {
        int energies = EDGES.length - 1;
        EventSchema schema = new EventSchema(List.of(
                Column.of("ENERG_LO", ColumnType.FLOAT, energies).unit("keV"),
                Column.of("ENERG_HI", ColumnType.FLOAT, energies).unit("keV"),
                Column.of("THETA", ColumnType.FLOAT, ANGLES).unit("arcmin").text("from the axis"),
                Column.of("PHI", ColumnType.FLOAT, 1).unit("deg").text("azimuth"),
                Column.of("VIGNET", ColumnType.FLOAT, energies * ANGLES).text("transmission, 1 on the axis")
                        .keyword("TDIM", "(" + energies + "," + ANGLES + ",1)")));
        double[] values = new double[energies * ANGLES];
        for (int i = 0; i < values.length; i++) {
            double kev = (EDGES[i % energies] + EDGES[i % energies + 1]) / 2;
            double share = i / energies / (LOW_ENERGY_HALF - FALL * Math.min(1, kev / FALL_KEV));
            values[i] = 1 / (1 + share * share);
        }
        double[] angles = new double[ANGLES];
        Arrays.setAll(angles, i -> i);
        try (EventChunk t = EventChunk.allocate(schema, 0, 1)) {
            t.put("ENERG_LO", Arrays.copyOf(EDGES, energies));
            t.put("ENERG_HI", Arrays.copyOfRange(EDGES, 1, EDGES.length));
            t.put("THETA", angles);
            t.put("PHI", new double[1]);
            t.put("VIGNET", values);
            file.table(m.kind().name(), t, m.extension().set("HDUCLASS", "OGIP", "").set("HDUCLAS1", "RESPONSE", "")
                    .set("HDUCLAS2", "VIGNET", "").set("HDUVERS", "1.1.0", "")
                    .set("CSYSNAME", "XMA_POL", "polar angles"));
        }
    }
}
