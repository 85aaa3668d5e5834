// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.CtiTable.GroupTerm;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.GainTable.Term;
import org.xtendsxi.caldb.table.SegmentRow;

/**
 * Pulse height that the centre of a single-pixel event of a line has when nothing was lost on the way, by the gain and
 * the grade offset in force: what charge loss is measured against (energy-chain sections 7.2.1 and 9).
 */
public final class LineReference {
    private static final int ROUNDS = 60;
    private static final double TOP = 8192;

    private final GainTable gain;
    private final CtiTable cti;

    /** Tables in force for some observations. */
    public LineReference(CalibrationData data) {
        this(GainTable.load(data.source(CaldbKind.GAIN), data.choice()),
                CtiTable.load(data.source(CaldbKind.CTI), data.choice()));
    }

    /** Reference of two tables. */
    public LineReference(GainTable gain, CtiTable cti) {
        this.gain = gain;
        this.cti = cti;
    }

    /**
     * Pulse height of a line in single-pixel events, channels.
     *
     * @param segmentRow {@link SegmentRow}
     * @param energy eV
     */
    public double channel(int segmentRow, double energy) {
        if (gain.row(segmentRow) < 0 || cti.row(segmentRow) < 0) {
            throw SxiException.calibration("gain or CTI table lacks a segment").value(SegmentRow.words(segmentRow))
                    .todo("give complete files").build();
        }
        double low = 0;
        double high = TOP;
        for (int i = 0; i < ROUNDS; i++) {
            double p = (low + high) / 2;
            if (pi(gain.row(segmentRow), p + offset(cti.row(segmentRow), p)) < energy / Sxi.EV_PER_CHANNEL) {
                low = p;
            } else {
                high = p;
            }
        }
        return (low + high) / 2;
    }

    private double pi(int row, double pha) {
        Term[] t = Term.values();
        int band = pha <= gain.value(row, Term.BOUND_LM) ? 0 : pha <= gain.value(row, Term.BOUND_MH) ? 3 : 6;
        return gain.value(row, t[band]) + gain.value(row, t[band + 1]) * pha + gain.value(row, t[band + 2]) * pha * pha;
    }

    /** Offset of grades 0 and 1. */
    private double offset(int row, double p) {
        if (p > cti.offsetHigh(row)) {
            return cti.value(row, 0, GroupTerm.GOFFSET_AH0);
        }
        boolean low = p <= cti.offsetLow(row);
        double a0 = cti.value(row, 0, low ? GroupTerm.GOFFSET_AL0 : GroupTerm.GOFFSET_AM0);
        double a1 = cti.value(row, 0, low ? GroupTerm.GOFFSET_AL1 : GroupTerm.GOFFSET_AM1);
        double a2 = cti.value(row, 0, low ? GroupTerm.GOFFSET_AL2 : GroupTerm.GOFFSET_AM2);
        double a3 = cti.value(row, 0, low ? GroupTerm.GOFFSET_AL3 : GroupTerm.GOFFSET_AM3);
        return ((a3 * p + a2) * p + a1) * p + a0;
    }
}
