// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.CtiTable.GroupTerm;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.pipeline.pulse.PulseBatch;

/**
 * How the CTI correction depends on the GRADE and PHA of the pass before (energy-chain section 7.2.1): a factor of the
 * loss per transfer and an offset of the centre. In XRISM the two have switches of their own (section 11A).
 */
final class GradeDependence {
    private static final int TERMS = GroupTerm.values().length;
    private static final int LOW = GroupTerm.GOFFSET_AL0.ordinal();
    private static final int MEDIUM = GroupTerm.GOFFSET_AM0.ordinal();
    private static final int HIGH = GroupTerm.GOFFSET_AH0.ordinal();

    private final CtiTable table;
    /** [rows][groups][terms]. */
    private final double[] values;

    GradeDependence(CtiTable table, int rows) {
        this.table = table;
        this.values = new double[rows * CtiTable.GROUPS * TERMS];
        for (int r = 0, at = 0; r < rows; r++) {
            for (int g = 0; g < CtiTable.GROUPS; g++) {
                for (GroupTerm t : GroupTerm.values()) {
                    values[at++] = table.value(r, g, t);
                }
            }
        }
    }

    /** Factor (even places) and offset in channels (odd places) of events from..to-1. */
    double[] of(PulseBatch b, int from, int to, CtiCorrection.Before before) {
        int[] ccd = b.ints("CCD_ID");
        int[] segment = b.ints("SEGMENT");
        int[] node = b.ints("READNODE");
        double[] out = new double[2 * (to - from)];
        for (int i = from, at = 0; i < to; i++, at += 2) {
            out[at] = 1;
            int row = table.row(SegmentRow.of(ccd[i], segment[i], node[i]));
            if (row >= 0 && b.lives(i)) {
                int place = (row * CtiTable.GROUPS + group(before.grade()[i])) * TERMS;
                out[at] = before.factors() ? values[place] : 1;
                out[at + 1] = before.offsets() ? offset(row, place, before.pha()[i]) : 0;
            }
        }
        return out;
    }

    private static int group(int grade) {
        return grade <= 1 ? 0 : grade == 2 ? 1 : grade <= 5 ? 2 : 3;
    }

    private double offset(int row, int place, double p) {
        if (p <= table.offsetLow(row)) {
            return cubic(place + LOW, p);
        }
        return p <= table.offsetHigh(row) ? cubic(place + MEDIUM, p) : values[place + HIGH];
    }

    private double cubic(int at, double p) {
        return values[at] + values[at + 1] * p + values[at + 2] * (p * p) + values[at + 3] * (p * p * p);
    }
}
