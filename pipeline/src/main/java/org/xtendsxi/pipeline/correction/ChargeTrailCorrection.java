// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.ChargeTrailTable;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Fault;

/**
 * Charge that a pixel leaves to the pixels read out after it, in the serial (4 to 0 to 5) and in the parallel direction
 * (2 to 0 to 7) (energy-chain section 7.1). The formula of the reference restores the centre, 4 and 2; {@link
 * NeighbourTrail} restores all nine.
 */
public final class ChargeTrailCorrection {
    private static final int PIXELS = EventPixels.INNER;

    private final Settings settings;
    private final Readout readout;
    private final TrailLosses[] trails = new TrailLosses[SegmentRow.COUNT];

    /**
     * Choices of the step.
     *
     * @param geometryStuck whether the geometry of the first segment serves all, as in HEASoft 6.20 without the
     *     even/odd step (Q2)
     * @param allPixels whether all nine pixels are restored instead of those of the reference
     * @param compat strict refuses a table without the row of an event, HEASoft 6.20 takes zeros (Q7)
     */
    public record Settings(boolean geometryStuck, boolean allPixels, Compat compat) {
    }

    /** A correction of a readout by a table. */
    public ChargeTrailCorrection(Settings settings, Readout readout, ChargeTrailTable table) {
        this.settings = settings;
        this.readout = readout;
        for (int s = 0; s < trails.length; s++) {
            trails[s] = TrailLosses.of(table, table.row(s));
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
        NeighbourTrail neighbours = new NeighbourTrail();
        for (int i = from; i < to; i++) {
            if (!b.lives(i) || injected(actY[i])) {
                continue;
            }
            TrailLosses t = losses(SegmentRow.of(ccd[i], segment[i], node[i]));
            int k = Readout.geometryIndex(ccd[i], segment[i], settings.geometryStuck());
            double columns = rawX[i] + readout.underclock()[k];
            double rows = actY[i] + readout.imageRows()[k];
            boolean boundary = actX[i] == Sxi.RAW_COLUMNS || actX[i] == Sxi.RAW_COLUMNS + 1;
            boolean negative;
            if (settings.allPixels()) {
                NeighbourTrail.Side near = new NeighbourTrail.Side(t, columns + 1, rows);
                NeighbourTrail.Side far = boundary ? beyond(ccd[i], segment[i], actY[i]) : near;
                negative = neighbours.correct(q, i * PIXELS, near, far, boundary ? 1 - 2 * node[i] : 0);
            } else {
                negative = correct(q, i * PIXELS, t, columns, rows, boundary ? node[i] : -1);
            }
            if (negative) {
                status[i] |= StatusFlag.NEGATIVE_CORRECTION.bit();
            }
        }
    }

    private TrailLosses losses(int segmentRow) {
        TrailLosses t = trails[segmentRow];
        if (!t.present() && !settings.compat().keeps(Fault.MISSING_ROW)) {
            throw SxiException.calibration("charge-trail table lacks a segment").value(SegmentRow.words(segmentRow))
                    .todo("give a complete charge-trail file").build();
        }
        return t;
    }

    /** The column on the other side of the border between the segments. */
    private NeighbourTrail.Side beyond(int ccd, int segment, int actY) {
        int other = 1 - segment;
        int k = Sxi.segmentIndex(ccd, other);
        int node = readout.activeNode()[k];
        int rawX = ReadNode.rawX(other, node, other == 1 ? Sxi.RAW_COLUMNS + 1 : Sxi.RAW_COLUMNS);
        return new NeighbourTrail.Side(losses(SegmentRow.of(ccd, other, node)), rawX + 1 + readout.underclock()[k],
                actY + readout.imageRows()[k]);
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
    private static boolean correct(double[] q, int at, TrailLosses t, double columns, double rows, int boundaryNode) {
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
