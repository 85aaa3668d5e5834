// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

/** Scalar columns of a table side by side, row-major. */
final class Interleaved {
    private Interleaved() {
    }

    /** Values [rows][names]. */
    static double[] columns(CalibrationTable t, String... names) {
        double[] out = new double[t.rows() * names.length];
        for (int c = 0; c < names.length; c++) {
            double[] v = t.doubles(names[c], 1);
            for (int i = 0; i < v.length; i++) {
                out[i * names.length + c] = v[i];
            }
        }
        return out;
    }
}
