// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import java.util.Arrays;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.AnomalyRegions;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.CtiTable.ColumnTerm;
import org.xtendsxi.caldb.table.CtiTable.Transfer;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.pipeline.pulse.NullReason;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;

/**
 * Charge lost in parallel transfer, restored pixel by pixel (energy-chain section 7.2).
 *
 * <p>The work is split in two: {@link #losses} finds the loss per transfer of every pixel, which takes the logarithms;
 * {@link #restore} divides by what all transfers leave. The grade dependence only scales the losses, so both passes of
 * the chain share the first part. {@link CtiLosses} works on small losses; the few other pixels (beyond the border of
 * the segments, or with losses that are not small) are worked by the formula as it stands.
 */
public final class CtiCorrection {
    private static final int PIXELS = EventPixels.INNER;

    private final Settings settings;
    private final Readout readout;
    private final CtiTable table;
    private final InjectionRows injection;
    private final CtiColumns columns;
    private final GradeDependence dependence;
    /** Losses at a factor of 1 up to which even the largest factor of the table leaves them small. */
    private final double smallLoss;

    /**
     * Choices of the step.
     *
     * @param fixedCut replaces PH_CUT of the table, channels; NaN for the table's
     * @param geometryStuck whether the geometry of the first segment serves all (Q2)
     * @param compat see {@link InjectionRows}
     */
    public record Settings(double fixedCut, boolean geometryStuck, Compat compat) {
    }

    /** A correction of a readout by a table. */
    public CtiCorrection(Settings settings, Readout readout, CtiTable table) {
        this.settings = settings;
        this.readout = readout;
        this.table = table;
        this.injection = new InjectionRows(readout.injection(), settings.compat());
        int rows = 0;
        for (int s = 0; s < SegmentRow.COUNT; s++) {
            rows = Math.max(rows, table.row(s) + 1);
        }
        this.columns = new CtiColumns(table, rows, settings.fixedCut(), injection);
        this.dependence = new GradeDependence(table, rows);
        double largest = 1;
        for (int r = 0; r < rows; r++) {
            for (int group = 0; group < CtiTable.GROUPS; group++) {
                largest = Math.max(largest, Math.abs(table.value(r, group, CtiTable.GroupTerm.GFACTOR)));
            }
        }
        this.smallLoss = CtiLosses.SMALL / largest;
        if (!injection.legal() && settings.compat().equals(Compat.STRICT)) {
            throw SxiException.data("charge-injection state is not known").column("CISTATUS")
                    .value(readout.injection().status()).limit("0 or 1").todo("repair the header").build();
        }
    }

    /**
     * What the grade dependence needs of the pass before.
     *
     * @param grade GRADE, all rows of the batch
     * @param pha PHA, all rows of the batch, channels
     * @param factors whether the loss depends on the grade (ctigrade)
     * @param offsets whether an offset is added (usegoffset)
     */
    public record Before(int[] grade, int[] pha, boolean factors, boolean offsets) {
    }

    /** Grade dependence of events from..to-1, for {@link #restore}: factor and offset in channels by turns. */
    public double[] dependence(PulseBatch b, int from, int to, Before before) {
        return before.factors() || before.offsets() ? dependence.of(b, from, to, before) : new double[0];
    }

    /**
     * Finds the losses of events from..to-1.
     *
     * @param b events
     * @param q pulse heights, row-major [rows][9], channels
     * @param out room for at least to-from events
     */
    public void losses(PulseBatch b, int from, int to, double[] q, CtiLosses out) {
        int[] ccd = b.ints("CCD_ID");
        int[] segment = b.ints("SEGMENT");
        int[] node = b.ints("READNODE");
        int[] rawX = b.ints("RAWX");
        int[] actX = b.ints("ACTX");
        int[] actY = b.ints("ACTY");
        out.clear();
        for (int i = from; i < to; i++) {
            if (!b.lives(i)) {
                continue;
            }
            if (!injection.legal()) {
                b.kill(i, NullReason.CORRECTION);
                continue;
            }
            int row = row(SegmentRow.of(ccd[i], segment[i], node[i]));
            int sense = ReadNode.alongActX(segment[i], node[i]) ? 1 : -1;
            int k = Readout.geometryIndex(ccd[i], segment[i], settings.geometryStuck());
            CtiLosses.Place place = new CtiLosses.Place(i - from, columns.cut(row),
                    readout.imageRows()[k] + readout.windowStart(), readout.vertical()[k] - 1);
            int y = actY[i];
            if (plain(ccd[i], rawX[i], actX[i], y)) {
                int centre = CtiColumns.at(row, rawX[i]);
                int column = CtiColumns.at(0, 1);
                int at = i * PIXELS;
                for (int pixel = 0; pixel < PIXELS; pixel++) {
                    out.add(at + pixel, q[at + pixel], place, centre + EventPixels.dx(pixel) * column,
                            y + EventPixels.dy(pixel));
                }
                continue;
            }
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                double p = q[i * PIXELS + pixel];
                int dx = EventPixels.dx(pixel);
                int x = actX[i] + sense * dx;
                if (!(p > 0) || x < 1 || x > Sxi.ACT_SIZE) {
                    continue;
                }
                int py = y + EventPixels.dy(pixel);
                int rx = rawX[i] + dx;
                if (across(actX[i], x) || !CtiColumns.tabulated(py)) {
                    out.addLiteral(i * PIXELS + pixel);
                } else if (rx < 0 || rx >= Sxi.RAW_COLUMNS) {
                    throw disagree(b, i);
                } else if (table.anomalies().has(ccd[i], x)) {
                    AnomalyRegions a = table.anomalies();
                    out.addAnomalous(i * PIXELS + pixel, p, place, CtiColumns.at(row, rx), py,
                            injection.transfers(py, a.min(ccd[i], x), a.max(ccd[i], x)));
                } else {
                    out.add(i * PIXELS + pixel, p, place, CtiColumns.at(row, rx), py);
                }
            }
        }
        out.find(columns, table.phRef(), smallLoss);
    }

    /** Whether all nine pixels lie in normal columns of the event's own segment, the case of nearly all events. */
    private boolean plain(int ccd, int rawX, int x, int y) {
        AnomalyRegions a = table.anomalies();
        return rawX > 0 && rawX < Sxi.RAW_COLUMNS - 1 && x > 1 && x < Sxi.ACT_SIZE && x != Sxi.RAW_COLUMNS
                && x != Sxi.RAW_COLUMNS + 1 && CtiColumns.tabulated(y - 1) && CtiColumns.tabulated(y + 1)
                && !a.has(ccd, x - 1) && !a.has(ccd, x) && !a.has(ccd, x + 1);
    }

    /**
     * Restores the charge of events from..to-1.
     *
     * @param b events
     * @param q pulse heights, row-major [rows][9], channels
     * @param losses what {@link #losses} found for the same events and pulse heights
     * @param dependence what {@link #dependence} gave; of length 0 for the grade-free correction
     * @param out corrected pulse heights, row-major [rows][9]; not q
     */
    public void restore(PulseBatch b, int from, int to, double[] q, CtiLosses losses, double[] dependence,
            double[] out) {
        System.arraycopy(q, from * PIXELS, out, from * PIXELS, (to - from) * PIXELS);
        losses.restore(dependence, out);
        for (int j = 0; j < losses.literals(); j++) {
            int at = losses.literal(j);
            int i = at / PIXELS;
            double g = dependence.length == 0 ? 1 : dependence[2 * (i - from)];
            out[at] = literal(b, i, at % PIXELS, q[at], g);
        }
        for (int i = from; i < to; i++) {
            if (!b.lives(i)) {
                Arrays.fill(out, i * PIXELS, (i + 1) * PIXELS, Double.NaN);
            } else if (dependence.length != 0 && q[i * PIXELS] > 0) {
                out[i * PIXELS] += dependence[2 * (i - from) + 1];
            }
        }
    }

    private int row(int segmentRow) {
        int row = table.row(segmentRow);
        if (row < 0) {
            throw SxiException.calibration("CTI table lacks a segment").value(SegmentRow.words(segmentRow))
                    .todo("give a complete CTI file").build();
        }
        return row;
    }

    /** Whether a pixel lies beyond the border of the segments. */
    private static boolean across(int centreX, int x) {
        return centreX == Sxi.RAW_COLUMNS && x == Sxi.RAW_COLUMNS + 1
                || centreX == Sxi.RAW_COLUMNS + 1 && x == Sxi.RAW_COLUMNS;
    }

    private static SxiException disagree(PulseBatch b, int i) {
        return SxiException.data("RAWX and ACTX disagree").row(b.chunk().firstRow() + i + 1)
                .value("RAWX " + b.ints("RAWX")[i] + ", ACTX " + b.ints("ACTX")[i])
                .todo("make the coordinates again (coordevt)").build();
    }

    /** The formula of one pixel as section 7.2 writes it. */
    private double literal(PulseBatch b, int i, int pixel, double p, double g) {
        int ccd = b.ints("CCD_ID")[i];
        int segment = b.ints("SEGMENT")[i];
        int segmentRow = SegmentRow.of(ccd, segment, b.ints("READNODE")[i]);
        int actX = b.ints("ACTX")[i];
        int dx = EventPixels.dx(pixel);
        int x = actX + (ReadNode.alongActX(segment, b.ints("READNODE")[i]) ? dx : -dx);
        int y = b.ints("ACTY")[i] + EventPixels.dy(pixel);
        int row = row(segmentRow);
        double cut = columns.cut(row);
        int rx = b.ints("RAWX")[i] + dx;
        if (across(actX, x)) {
            int other = actX == Sxi.RAW_COLUMNS ? 1 : 0;
            int node = readout.activeNode()[Sxi.segmentIndex(ccd, other)];
            row = row(SegmentRow.of(ccd, other, node));
            rx = (x == Sxi.RAW_COLUMNS + 1) == (other == node) ? 0 : Sxi.RAW_COLUMNS - 1;
        }
        if (rx < 0 || rx >= Sxi.RAW_COLUMNS) {
            throw disagree(b, i);
        }
        int distance = injection.distance(y);
        AnomalyRegions a = table.anomalies();
        InjectionRows.Transfers n = a.has(ccd, x) ? injection.transfers(y, a.min(ccd, x), a.max(ccd, x))
                : new InjectionRows.Transfers(distance, 0, 0);
        int k = Readout.geometryIndex(ccd, segment, settings.geometryStuck());
        int y0 = readout.imageRows()[k] + readout.windowStart() - (n.normal() + n.anomalousWith() + n.anomalous());
        double ph = (p >= cut ? p : cut) / table.phRef();
        double f0 = g * power(row, rx, Transfer.F, ph);
        double s0 = g * power(row, rx, Transfer.S, ph);
        double a0 = g * power(row, rx, Transfer.A, ph);
        double f = Math.pow(1 - f0 * columns.remaining(row, rx, Transfer.F, distance), y0);
        f *= Math.pow(1 - f0, n.normal());
        f *= Math.pow(1 - a0 * columns.remaining(row, rx, Transfer.A, distance), n.anomalousWith());
        f *= Math.pow(1 - a0, n.anomalous());
        f *= Math.pow(1 - s0 * columns.remaining(row, rx, Transfer.S, distance), y + readout.vertical()[k] - 1);
        return p / f;
    }

    private double power(int row, int rawX, Transfer t, double ph) {
        return table.value(row, rawX, t, ColumnTerm.NORM) * Powers.pow(ph, table.value(row, rawX, t, ColumnTerm.INDEX));
    }
}
