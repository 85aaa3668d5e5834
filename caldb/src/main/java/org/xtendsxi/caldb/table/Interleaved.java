// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import java.util.Set;

/** Scalar columns of a table side by side, row-major. */
final class Interleaved {
    /** Pulse heights are channels and temperatures C; many files name no unit, but these are surely others. */
    private static final Set<String> OTHERS = Set.of("ev", "kev", "k", "v", "mv", "e", "electron");

    private Interleaved() {
    }

    /** Values [rows][names]. */
    static double[] columns(CalibrationTable t, String... names) {
        double[] out = new double[t.rows() * names.length];
        for (int c = 0; c < names.length; c++) {
            t.refuseUnits(names[c], OTHERS);
            double[] v = t.doubles(names[c], 1);
            for (int i = 0; i < v.length; i++) {
                out[i * names.length + c] = v[i];
            }
        }
        return out;
    }
}
