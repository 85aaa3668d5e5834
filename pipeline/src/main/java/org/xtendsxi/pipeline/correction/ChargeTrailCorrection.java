// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.ChargeTrailTable;
import org.xtendsxi.caldb.table.ChargeTrailTable.Term;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;

/**
 * Charge that a pixel leaves to the pixels read out after it, in the serial (4 to 0 to 5) and in the parallel direction
 * (2 to 0 to 7) (energy-chain section 7.1). Corners are not touched.
 */
public final class ChargeTrailCorrection {
    private static final int PIXELS = EventPixels.INNER;

    private final Settings settings;
    private final Readout readout;
    private final Trail[] trails = new Trail[SegmentRow.COUNT];

    /**
     * Choices of the step.
     *
     * @param geometryStuck whether the geometry of the first segment serves all, as in HEASoft 6.20 without the
     *     even/odd step (Q2)
     * @param compat strict refuses a table without the row of an event, HEASoft 6.20 takes zeros (Q7)
     */
    public record Settings(boolean geometryStuck, Compat compat) {
    }

    /** A correction of a readout by a table. */
    public ChargeTrailCorrection(Settings settings, Readout readout, ChargeTrailTable table) {
        this.settings = settings;
        this.readout = readout;
        for (int s = 0; s < trails.length; s++) {
            trails[s] = Trail.of(table, table.row(s));
        }
    }

    /** Loss per transfer of one direction, as a power of pulse height that is constant below a cut. */
    private record Loss(double norm, double index, double cut, double atCut, double phRef) {
        static Loss of(double norm, double index, double cut, double phRef) {
            return new Loss(norm, index, cut, norm * Math.pow(cut / phRef, index), phRef);
        }

        double at(double x) {
            return x >= cut ? norm * Powers.pow(x / phRef, index) : atCut;
        }
    }

    private record Trail(boolean present, Loss h, Loss v, double offsetH, double offsetV, double echoSlope,
            double echoOffset) {
        static Trail of(ChargeTrailTable t, int row) {
            if (row < 0) {
                Loss none = new Loss(0, 0, 0, 0, t.phRef());
                return new Trail(false, none, none, 0, 0, 0, 0);
            }
            double cut = t.value(row, Term.PH_CUT);
            return new Trail(true, Loss.of(t.value(row, Term.NORM_H), t.value(row, Term.INDEX_H), cut, t.phRef()),
                    Loss.of(t.value(row, Term.NORM_V), t.value(row, Term.INDEX_V), cut, t.phRef()),
                    t.value(row, Term.OFFSET_H), t.value(row, Term.OFFSET_V), t.value(row, Term.ESLOPE),
                    t.value(row, Term.EOFFSET));
        }
    }

    /**
     * Corrects pulse heights in place and sets flag 29.
     *
     * @param b events
     * @param from first event
     * @param to event after the last
     * @param q pulse heights, row-major [rows][9], channels
     */
    public void apply(PulseBatch b, int from, int to, double[] q) {
        int[] ccd = b.ints("CCD_ID");
        int[] segment = b.ints("SEGMENT");
        int[] node = b.ints("READNODE");
        int[] rawX = b.ints("RAWX");
        int[] actX = b.ints("ACTX");
        int[] actY = b.ints("ACTY");
        long[] status = b.status();
        for (int i = from; i < to; i++) {
            if (!b.lives(i) || injected(actY[i])) {
                continue;
            }
            int s = SegmentRow.of(ccd[i], segment[i], node[i]);
            Trail t = trails[s];
            if (!t.present() && settings.compat() == Compat.STRICT) {
                throw SxiException.calibration("charge-trail table lacks a segment").value(SegmentRow.words(s))
                        .todo("give a complete charge-trail file").build();
            }
            int k = Readout.geometryIndex(ccd[i], segment[i], settings.geometryStuck());
            double columns = rawX[i] + readout.underclock()[k];
            double rows = actY[i] + readout.imageRows()[k];
            boolean boundary = actX[i] == Sxi.RAW_COLUMNS || actX[i] == Sxi.RAW_COLUMNS + 1;
            if (correct(q, i * PIXELS, t, columns, rows, boundary ? node[i] : -1)) {
                status[i] |= StatusFlag.NEGATIVE_CORRECTION.bit();
            }
        }
    }

    /** Whether a row is a charge-injection row by the convention of this step (Q13). */
    private boolean injected(int actY) {
        Readout.Injection ci = readout.injection();
        int y = actY - ci.first() - ci.offset();
        return ci.status() == 1 && y >= 0 && y % ci.period() == 0;
    }

    /**
     * Corrects one event.
     *
     * @param columns transfers of the centre in the serial register, without the offset
     * @param rows transfers of the centre in the parallel registers and one more, without the offset
     * @param boundaryNode READNODE of an event at the border of the segments, -1 elsewhere
     * @return whether a trail came out negative
     */
    private static boolean correct(double[] q, int at, Trail t, double columns, double rows, int boundaryNode) {
        double entry = q[at];
        double q4 = q[at + 4];
        double q2 = q[at + 2];
        double serial = boundaryNode == 1 ? 0 : q4 * (t.h().at(q4) * (columns + t.offsetH()));
        double parallel = q2 * (t.v().at(q2) * (rows - 1 + t.offsetV()));
        boolean negative = serial < 0 || parallel < 0;
        serial = serial < 0 ? 0 : serial;
        parallel = parallel < 0 ? 0 : parallel;
        q[at + 4] = q4 + serial;
        q[at + 2] = q2 + parallel;
        double centre = entry > 0 ? entry - serial - parallel : entry;
        // no loss, but a centre that is no number makes its followers such
        serial = 0 * centre;
        parallel = 0 * centre;
        if (centre > 0) {
            serial = centre * (t.h().at(centre) * (columns + 1 + t.offsetH()));
            parallel = centre * (t.v().at(centre) * (rows + t.offsetV()));
            negative |= serial < 0 || parallel < 0;
            serial = serial < 0 ? 0 : serial;
            parallel = parallel < 0 ? 0 : parallel;
            centre = centre + serial + parallel;
        }
        q[at] = centre;
        if (boundaryNode == 0) {
            serial = 0;
        } else if (entry > 0) {
            q[at + 5] += t.echoSlope() * entry + t.echoOffset();
        }
        q[at + 5] -= serial;
        q[at + 7] -= parallel;
        return negative;
    }
}
