// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.assembly;

import java.util.Arrays;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.StatusFlag;

/** PHAS and PHASALL from the raw inner and outer pulse heights (energy-chain section 2). */
public final class PulseAssembly {
    private static final int INNER = EventPixels.INNER;
    private static final int OUTER = EventPixels.OUTER;
    private static final int ALL = EventPixels.ALL;

    private PulseAssembly() {
    }

    /**
     * Null values.
     *
     * @param inner TNULL of PHAS_INNER3X3
     * @param outer TNULL of PHAS_OUTER5X5
     * @param output TNULL of PHAS and PHASALL
     */
    public record Nulls(int inner, int outer, int output) {
    }

    /**
     * Assembles events; a pulse-height vector counts as present if any of its elements is not null.
     *
     * @param inner raw 3x3, row-major [rows][9]
     * @param outer raw outer ring, row-major [rows][16]
     * @param procStatus PROC_STATUS
     * @param status STATUS, flags 24 and 25 are raised, never cleared
     * @param nulls null values
     * @param phas result, row-major [rows][9]
     * @param phasAll result, row-major [rows][25]: inner, then outer
     */
    public static void assemble(short[] inner, short[] outer, long[] procStatus, long[] status, Nulls nulls,
            short[] phas, short[] phasAll) {
        Arrays.fill(phas, (short) nulls.output());
        Arrays.fill(phasAll, (short) nulls.output());
        for (int i = 0; i < status.length; i++) {
            if ((procStatus[i] & EventColumns.UNUSABLE) != 0) {
                continue;
            }
            if (!present(inner, i * INNER, INNER, nulls.inner())) {
                status[i] |= StatusFlag.NO_INNER.bit();
                continue;
            }
            System.arraycopy(inner, i * INNER, phas, i * INNER, INNER);
            System.arraycopy(inner, i * INNER, phasAll, i * ALL, INNER);
            if (present(outer, i * OUTER, OUTER, nulls.outer())) {
                System.arraycopy(outer, i * OUTER, phasAll, i * ALL + INNER, OUTER);
            } else {
                status[i] |= StatusFlag.NO_OUTER.bit();
            }
        }
    }

    private static boolean present(short[] v, int at, int n, int none) {
        for (int k = at; k < at + n; k++) {
            if (v[k] != none) {
                return true;
            }
        }
        return false;
    }
}
