// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.CtiTable.GroupTerm;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.pipeline.pulse.PulseBatch;

/**
 * How the CTI correction depends on the GRADE and PHA of the pass before (energy-chain section 7.2.1): a factor of the loss
 * per transfer and an offset of the centre. In XRISM the two have switches of their own (section 11A).
 */
final class GradeDependence {
    private static final GroupTerm[] LOW =
            {GroupTerm.GOFFSET_AL0, GroupTerm.GOFFSET_AL1, GroupTerm.GOFFSET_AL2, GroupTerm.GOFFSET_AL3};
    private static final GroupTerm[] MEDIUM =
            {GroupTerm.GOFFSET_AM0, GroupTerm.GOFFSET_AM1, GroupTerm.GOFFSET_AM2, GroupTerm.GOFFSET_AM3};

    private final CtiTable table;
    private final boolean factors;
    private final boolean offsets;

    GradeDependence(CtiTable table, boolean factors, boolean offsets) {
        this.table = table;
        this.factors = factors;
        this.offsets = offsets;
    }

    /** Factor (even places) and offset in channels (odd places) of events from..to-1. */
    double[] of(PulseBatch b, int from, int to, int[] grade, int[] pha) {
        int[] ccd = b.ints("CCD_ID");
        int[] segment = b.ints("SEGMENT");
        int[] node = b.ints("READNODE");
        double[] out = new double[2 * (to - from)];
        for (int i = from, at = 0; i < to; i++, at += 2) {
            out[at] = 1;
            int row = table.row(SegmentRow.of(ccd[i], segment[i], node[i]));
            if (row >= 0 && b.lives(i)) {
                int group = group(grade[i]);
                out[at] = factors ? table.value(row, group, GroupTerm.GFACTOR) : 1;
                out[at + 1] = offsets ? offset(row, group, pha[i]) : 0;
            }
        }
        return out;
    }

    private static int group(int grade) {
        return grade <= 1 ? 0 : grade == 2 ? 1 : grade <= 5 ? 2 : 3;
    }

    private double offset(int row, int group, double p) {
        if (p <= table.offsetLow(row)) {
            return cubic(row, group, LOW, p);
        }
        return p <= table.offsetHigh(row) ? cubic(row, group, MEDIUM, p)
                : table.value(row, group, GroupTerm.GOFFSET_AH0);
    }

    private double cubic(int row, int group, GroupTerm[] c, double p) {
        return table.value(row, group, c[0]) + table.value(row, group, c[1]) * p
                + table.value(row, group, c[2]) * (p * p) + table.value(row, group, c[3]) * (p * p * p);
    }
}
