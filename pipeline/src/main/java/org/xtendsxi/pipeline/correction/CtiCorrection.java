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
 * {@link #restore} divides by what all transfers leave. The grade dependence only scales the losses, so both passes of the
 * chain share the first part. Losses are so small that powers of (1 - c) are taken as one exponential of a sum of
 * logarithms; rare pixels (anomalous columns, losses above {@link #SMALL}) are worked by the formula as it stands.
 */
public final class CtiCorrection {
    private static final int PIXELS = EventPixels.INNER;
    /** Losses up to this are small: five terms of log(1 - c) are exact to the last bit. */
    private static final double SMALL = 1e-3;
    private static final double UNCHANGED = -1;
    private static final double LITERAL = -2;

    private final Settings settings;
    private final Readout readout;
    private final CtiTable table;
    private final InjectionRows injection;
    private final CtiColumns columns;

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
        if (!injection.legal() && settings.compat() == Compat.STRICT) {
            throw SxiException.data("charge-injection state is not known").column("CISTATUS")
                    .value(readout.injection().status()).limit("0 or 1").todo("repair the header").build();
        }
    }

    /** Losses per transfer of the pixels of some events, for a factor of 1; of F and S, and what remains of them. */
    public static final class Losses {
        private final double[] fast;
        private final double[] fastLeft;
        private final double[] slow;
        private final double[] slowLeft;

        /** Room for a number of events. */
        public Losses(int events) {
            fast = new double[events * PIXELS];
            fastLeft = new double[events * PIXELS];
            slow = new double[events * PIXELS];
            slowLeft = new double[events * PIXELS];
        }
    }

    /**
     * Grade dependence of events, for {@link #restore}.
     *
     * @param grade GRADE of the pass before, all rows of the batch
     * @param pha PHA of the pass before, all rows of the batch
     * @param factors whether the loss depends on the grade (ctigrade)
     * @param offsets whether an offset is added (usegoffset)
     * @return factor (even places) and offset in channels (odd places) of events from..to-1
     */
    public double[] dependence(PulseBatch b, int from, int to, int[] grade, int[] pha, boolean factors,
            boolean offsets) {
        return new GradeDependence(table, factors, offsets).of(b, from, to, grade, pha);
    }

    /**
     * Finds the losses of events from..to-1.
     *
     * @param b events
     * @param q pulse heights, row-major [rows][9], channels
     * @param out room for at least to-from events
     */
    public void losses(PulseBatch b, int from, int to, double[] q, Losses out) {
        int[] ccd = b.ints("CCD_ID");
        int[] segment = b.ints("SEGMENT");
        int[] node = b.ints("READNODE");
        int[] rawX = b.ints("RAWX");
        int[] actX = b.ints("ACTX");
        int[] actY = b.ints("ACTY");
        for (int i = from; i < to; i++) {
            if (!b.lives(i)) {
                continue;
            }
            if (!injection.legal()) {
                b.kill(i, NullReason.CORRECTION);
                continue;
            }
            int s = SegmentRow.of(ccd[i], segment[i], node[i]);
            int row = row(s);
            int sense = ReadNode.alongActX(segment[i], node[i]) ? 1 : -1;
            double[] saw = columns.sawtooth(row);
            for (int k = 0; k < PIXELS; k++) {
                double p = q[i * PIXELS + k];
                int at = (i - from) * PIXELS + k;
                int dx = EventPixels.dx(k);
                int x = actX[i] + sense * dx;
                int y = actY[i] + EventPixels.dy(k);
                if (!(p > 0) || x < 1 || x > Sxi.ACT_SIZE) {
                    out.fast[at] = UNCHANGED;
                    continue;
                }
                int rx = rawX[i] + dx;
                if (across(actX[i], x) || table.anomalies().has(ccd[i], x) || !CtiColumns.tabulated(y)) {
                    out.fast[at] = LITERAL;
                    continue;
                }
                if (rx < 0 || rx >= Sxi.RAW_COLUMNS) {
                    throw disagree(b, i);
                }
                loss(p, row, rx, saw, columns.sawtoothAt(rx, y), out, at);
            }
        }
    }

    private void loss(double p, int row, int rx, double[] saw, int sawAt, Losses out, int at) {
        double[] v = columns.values();
        int c = CtiColumns.at(row, rx);
        double fast = v[c + CtiColumns.AT_CUT];
        double slow = v[c + CtiColumns.SLOW + CtiColumns.AT_CUT];
        if (p > columns.cut(row)) {
            double ln = Math.log(p / table.phRef());
            fast = v[c] * Math.exp(v[c + CtiColumns.INDEX] * ln);
            slow = v[c + CtiColumns.SLOW] * Math.exp(v[c + CtiColumns.SLOW + CtiColumns.INDEX] * ln);
        }
        // the literal way also takes infinite pulse heights
        boolean small = Math.abs(fast) <= SMALL && Math.abs(slow) <= SMALL && p < Double.POSITIVE_INFINITY
                && fast >= 0;
        out.fast[at] = small ? fast : LITERAL;
        out.fastLeft[at] = saw[sawAt];
        out.slow[at] = slow;
        out.slowLeft[at] = saw[sawAt + 1];
    }

    /**
     * Restores the charge of events from..to-1.
     *
     * @param b events
     * @param q pulse heights, row-major [rows][9], channels
     * @param losses what {@link #losses} found for the same events and pulse heights
     * @param dependence what {@link #dependence} gave; of length 0 for the grade-free correction
     * @param out corrected pulse heights, row-major [rows][9]; may be q
     */
    public void restore(PulseBatch b, int from, int to, double[] q, Losses losses, double[] dependence, double[] out) {
        int[] ccd = b.ints("CCD_ID");
        int[] segment = b.ints("SEGMENT");
        int[] node = b.ints("READNODE");
        int[] actY = b.ints("ACTY");
        for (int i = from; i < to; i++) {
            if (!b.lives(i)) {
                Arrays.fill(out, i * PIXELS, (i + 1) * PIXELS, Double.NaN);
                continue;
            }
            double g = dependence.length == 0 ? 1 : dependence[2 * (i - from)];
            int k = Readout.geometryIndex(ccd[i], segment[i], settings.geometryStuck());
            int fastRows = readout.imageRows()[k] + readout.windowStart();
            int slowRows = readout.vertical()[k] - 1;
            double centre = q[i * PIXELS];
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                int in = i * PIXELS + pixel;
                int at = in - from * PIXELS;
                double p = q[in];
                double fast = losses.fast[at];
                if (fast == UNCHANGED) {
                    out[in] = p;
                    continue;
                }
                int y = actY[i] + EventPixels.dy(pixel);
                double c0 = g * fast;
                double s = g * losses.slow[at] * losses.slowLeft[at];
                double c = c0 * losses.fastLeft[at];
                if (fast == LITERAL || !(Math.abs(c) <= SMALL && Math.abs(s) <= SMALL && c0 <= SMALL)) {
                    out[in] = literal(b, i, pixel, p, g, SegmentRow.of(ccd[i], segment[i], node[i]));
                    continue;
                }
                int without = columns.distance(y);
                double sum = (fastRows - without) * log1m(c) + without * log1m(c0) + (slowRows + y) * log1m(s);
                out[in] = p * Math.exp(-sum);
            }
            if (centre > 0 && dependence.length != 0) {
                out[i * PIXELS] += dependence[2 * (i - from) + 1];
            }
        }
    }

    /** log(1 - c) of a small c. */
    private static double log1m(double c) {
        return -c * (1 + c * (1 / 2.0 + c * (1 / 3.0 + c * (1 / 4.0 + c * (1 / 5.0)))));
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
    private double literal(PulseBatch b, int i, int pixel, double p, double g, int segmentRow) {
        int ccd = b.ints("CCD_ID")[i];
        int segment = b.ints("SEGMENT")[i];
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
        return table.value(row, rawX, t, ColumnTerm.NORM) * Math.pow(ph, table.value(row, rawX, t, ColumnTerm.INDEX));
    }
}
