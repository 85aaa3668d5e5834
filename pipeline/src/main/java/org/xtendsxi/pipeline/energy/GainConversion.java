// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.energy;

import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.GainTable.Term;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Fault;

/** From summed pulse height to PI, one quadratic in each of three bands (energy-chain section 9). */
public final class GainConversion {
    private static final int BAND = 3;

    private final GainTable table;
    private final Compat compat;

    /** Conversion by a table; strict refuses a table without the row of an event, HEASoft 6.20 gives PI 0 (Q7). */
    public GainConversion(GainTable table, Compat compat) {
        this.table = table;
        this.compat = compat;
    }

    /**
     * PI of all events that have an energy; the others get the null channel.
     *
     * @param b events
     * @param sum PHA before truncation, channels
     * @param pi result, 0..4095 or 4096
     */
    public void apply(PulseBatch b, double[] sum, int[] pi) {
        int[] ccd = b.ints("CCD_ID");
        int[] segment = b.ints("SEGMENT");
        int[] node = b.ints("READNODE");
        byte[] reason = b.reason();
        for (int i = 0; i < pi.length; i++) {
            pi[i] = reason[i] != 0 ? Sxi.NULL_CHANNEL
                    : channel(sum[i], SegmentRow.of(ccd[i], segment[i], node[i]));
        }
    }

    private int channel(double pha, int segmentRow) {
        int row = table.row(segmentRow);
        if (row < 0) {
            if (!compat.keeps(Fault.MISSING_ROW)) {
                throw SxiException.calibration("gain table lacks a segment").value(SegmentRow.words(segmentRow))
                        .todo("give a complete gain file").build();
            }
            return 0;
        }
        int band = pha <= table.value(row, Term.BOUND_LM) ? 0 : pha <= table.value(row, Term.BOUND_MH) ? 1 : 2;
        double v = table.value(row, TERMS[band * BAND]) + table.value(row, TERMS[band * BAND + 1]) * pha
                + table.value(row, TERMS[band * BAND + 2]) * (pha * pha);
        return clamp(v);
    }

    private static final Term[] TERMS = Term.values();

    /** Truncation toward zero and limits; a value beyond 32 bits or NaN becomes 0, as in C on x86. */
    static int clamp(double v) {
        return v >= 0x1p31 ? 0 : Math.clamp((int) v, 0, Sxi.CHANNELS - 1);
    }
}
