// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.Sxi;

/** Rows of anomalous charge transfer per CCD column (ANOMALY_REGION, energy-chain sections 7.2.2 and 11.3), in ACTY. */
public final class AnomalyRegions {
    private final short[] min = new short[Sxi.CCDS * Sxi.ACT_SIZE];
    private final short[] max = new short[Sxi.CCDS * Sxi.ACT_SIZE];

    private AnomalyRegions() {
    }

    /** No column has a region. */
    public static AnomalyRegions none() {
        return new AnomalyRegions();
    }

    /**
     * Makes regions of columns; columns that are not named have none.
     *
     * @param ccdId CCD_ID of every row, 0..3
     * @param actX ACTX of every row, 1..640
     * @param low ANOMALY_MIN, ACTY; 0 with a high of 0 for none
     * @param high ANOMALY_MAX, ACTY
     */
    public static AnomalyRegions of(int[] ccdId, int[] actX, int[] low, int[] high) {
        AnomalyRegions r = new AnomalyRegions();
        for (int i = 0; i < ccdId.length; i++) {
            int at = ccdId[i] * Sxi.ACT_SIZE + actX[i] - 1;
            r.min[at] = (short) low[i];
            r.max[at] = (short) high[i];
        }
        return r;
    }

    /** Reads the extension ANOMALY_REGION of a CTI file. */
    static AnomalyRegions load(TableSource source) {
        try (CalibrationTable t = CalibrationTable.named(source, "ANOMALY_REGION")) {
            int[] ccd = t.ints("CCD_ID", 1, 0, Sxi.CCDS - 1);
            int[] rows = new int[Sxi.CCDS];
            for (int c : ccd) {
                rows[c]++;
            }
            for (int c = 0; c < rows.length; c++) {
                if (rows[c] != Sxi.ACT_SIZE) {
                    throw SxiException.calibration("CCD has a wrong number of columns").in(source.path())
                            .hdu("ANOMALY_REGION").value("CCD_ID " + c + ": " + rows[c]).limit(Sxi.ACT_SIZE)
                            .todo("repair the table").build();
                }
            }
            return of(ccd, t.ints("ACTX", 1, 1, Sxi.ACT_SIZE), t.ints("ANOMALY_MIN", 1, 0, Short.MAX_VALUE),
                    t.ints("ANOMALY_MAX", 1, 0, Short.MAX_VALUE));
        }
    }

    /** Whether a column has a region. */
    public boolean has(int ccdId, int actX) {
        int at = ccdId * Sxi.ACT_SIZE + actX - 1;
        return (min[at] | max[at]) != 0;
    }

    /** Lowest ACTY of the region of a column. */
    public int min(int ccdId, int actX) {
        return min[ccdId * Sxi.ACT_SIZE + actX - 1];
    }

    /** Highest ACTY of the region of a column. */
    public int max(int ccdId, int actX) {
        return max[ccdId * Sxi.ACT_SIZE + actX - 1];
    }
}
