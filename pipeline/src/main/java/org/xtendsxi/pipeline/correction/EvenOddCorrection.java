// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.EvenOddTable;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.pipeline.pulse.NullReason;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Fault;

/**
 * Even and odd columns go through two chains of electronics, each with its own polynomial and a factor that depends on
 * the temperature of the video board (energy-chain section 6, XRISM switches section 11A).
 */
public final class EvenOddCorrection {
    private static final int PIXELS = EventPixels.INNER;
    /** Columns of the 3x3, in RAWX order: which of centre (0), lower side (1), upper side (2) a pixel is in. */
    private static final int[] COLUMN = {0, 1, 0, 2, 1, 2, 1, 0, 2};

    private final Settings settings;
    private final Readout readout;
    private final EvenOddTable table;
    private final Optional<VideoTemperature> temperature;
    private final double[] referenceTerm;

    /**
     * Choices of the step.
     *
     * @param temperature whether to divide by the temperature factor (vtcor)
     * @param columns whether to apply the polynomial (evnoddcor)
     * @param maxGap longest time between two temperatures, s (deltatime)
     * @param compat see the quirks Q5, Q6, Q7
     */
    public record Settings(boolean temperature, boolean columns, double maxGap, Compat compat) {
    }

    /**
     * A correction of a readout.
     *
     * @param temperature temperatures; empty if there is no housekeeping: all events get flag 28
     */
    public EvenOddCorrection(Settings settings, Readout readout, EvenOddTable table,
            Optional<VideoTemperature> temperature) {
        this.settings = settings;
        this.readout = readout;
        this.table = table;
        this.temperature = temperature;
        referenceTerm = new double[table.rows()];
        for (int r = 0; r < referenceTerm.length; r++) {
            referenceTerm[r] = term(r, table.temperatures().reference());
        }
    }

    /**
     * Corrects pulse heights in place and sets flags 27 and 28.
     *
     * @param b events
     * @param from first event
     * @param to event after the last
     * @param q pulse heights, row-major [rows][9], channels
     * @param cursor position in the temperatures that earlier events reached: HEASoft 6.20 never goes back (Q5); 0 if
     *     events are in time order
     * @return position after these events, for those that follow
     */
    public int apply(PulseBatch b, int from, int to, double[] q, int cursor) {
        Work w = new Work(cursor);
        double[] time = b.time();
        int[] ccd = b.ints("CCD_ID");
        int[] segment = b.ints("SEGMENT");
        int[] node = b.ints("READNODE");
        int[] rawX = b.ints("RAWX");
        int[] actX = b.ints("ACTX");
        int[] adcAve = b.ints("ADCAVE");
        long[] status = b.status();
        for (int i = from; i < to; i++) {
            if (!b.lives(i)) {
                continue;
            }
            int own = SegmentRow.of(ccd[i], segment[i], node[i]);
            int parity = rawX[i] & 1;
            w.centre = table.row(own, adcAve[i], parity);
            w.lower = table.row(own, adcAve[i], parity ^ 1);
            w.upper = w.lower;
            boolean boundary = actX[i] == Sxi.RAW_COLUMNS || actX[i] == Sxi.RAW_COLUMNS + 1;
            if (boundary) {
                int far = farRow(ccd[i], actX[i], adcAve[i]);
                w.lower = node[i] == 0 ? w.lower : far;
                w.upper = node[i] == 0 ? far : w.upper;
            }
            if (!settings.compat().keeps(Fault.MISSING_ROW) && (w.centre | w.lower | w.upper) < 0) {
                refuseEmpty(own);
                b.kill(i, NullReason.CORRECTION);
                Arrays.fill(q, i * PIXELS, (i + 1) * PIXELS, Double.NaN);
                continue;
            }
            status[i] |= settings.temperature() ? w.lookUp(ccd[i], time[i]) : 0;
            correct(q, i * PIXELS, w, boundary ? node[i] == 0 ? 2 : 1 : -1);
        }
        return w.cursor;
    }

    /** Raises flag 27 of events without TIME, which have no temperature (Q11); done with the step switched off, too. */
    public static void flagNullTimes(PulseBatch b) {
        byte[] reason = b.reason();
        for (int i = 0; i < reason.length; i++) {
            b.status()[i] |= reason[i] == NullReason.TIME.ordinal() ? StatusFlag.TEMPERATURE_RANGE.bit() : 0;
        }
    }

    /**
     * Position in the temperatures after some events, as {@link #apply} returns it, without correcting them.
     *
     * @param cursor position before them, 0 at the start of a file
     */
    public int advance(PulseBatch b, int cursor) {
        if (temperature.isEmpty() || !settings.compat().keeps(Fault.TEMPERATURE_SEARCH) || !settings.temperature()) {
            return cursor;
        }
        Work w = new Work(cursor);
        double[] time = b.time();
        int[] ccd = b.ints("CCD_ID");
        for (int i = 0; i < time.length; i++) {
            if (b.lives(i)) {
                w.lookUp(ccd[i], time[i]);
            }
        }
        return w.cursor;
    }

    private int farRow(int ccd, int actX, int adcAve) {
        int segment = actX == Sxi.RAW_COLUMNS ? 1 : 0;
        int node = readout.activeNode()[Sxi.segmentIndex(ccd, segment)];
        return table.row(SegmentRow.of(ccd, segment, node), adcAve, node & 1);
    }

    /** A single event without row is null; a table without any row for a segment is unusable. */
    private void refuseEmpty(int segmentRow) {
        for (int adc = -1; adc <= 2; adc++) {
            if (table.row(segmentRow, adc, 0) >= 0) {
                return;
            }
        }
        throw SxiException.calibration("even/odd table lacks a segment").value(SegmentRow.words(segmentRow))
                .todo("give a complete even/odd file").build();
    }

    private void correct(double[] q, int at, Work w, int farColumn) {
        w.set(0, w.centre, w.factor(w.centre, false));
        w.set(1, w.lower, w.factor(w.lower, farColumn == 1));
        w.set(2, w.upper, farColumn < 0 ? w.divisor[1] : w.factor(w.upper, farColumn == 2));
        for (int k = 0; k < PIXELS; k++) {
            int c = COLUMN[k];
            double p = q[at + k];
            double r = p / w.divisor[c];
            q[at + k] = ifPositive(p, settings.columns() ? w.constant[c] + w.linear[c] * r + w.square[c] * (r * r) : r);
        }
    }

    /**
     * The corrected value of a positive pulse height, else the pulse height, without a branch: noise has either sign.
     */
    private static double ifPositive(double p, double corrected) {
        long bits = Double.doubleToRawLongBits(p);
        long keep = (bits | bits - 1) >> 63;
        return Double.longBitsToDouble(bits & keep | Double.doubleToRawLongBits(corrected) & ~keep);
    }

    private double term(int row, double vt) {
        return table.value(row, 0) * Math.pow(vt - table.value(row, 2), table.value(row, 1))
                / table.temperatures().pulseHeight();
    }

    /**
     * What is known while events are worked off: rows of the present event, temperature, factors at that temperature.
     */
    private final class Work {
        private final double[] factors = new double[table.rows()];
        private final double[] factorAt = new double[table.rows()];
        private int cursor;
        private int centre;
        private int lower;
        private int upper;
        private boolean usable;
        private double vt;
        /** Last look-up of each CCD: time, temperature, flag, position after it. */
        private final double[] lastTime = new double[Sxi.CCDS];
        private final double[] lastVt = new double[Sxi.CCDS];
        private final long[] lastFlag = new long[Sxi.CCDS];
        private final int[] lastCursor = new int[Sxi.CCDS];
        /** Of the three columns of an event: factor of the temperature, and polynomial. */
        private final double[] divisor = new double[3];
        private final double[] constant = new double[3];
        private final double[] linear = new double[3];
        private final double[] square = new double[3];

        Work(int cursor) {
            this.cursor = cursor;
            Arrays.fill(factorAt, Double.NaN);
            Arrays.fill(lastTime, Double.NaN);
        }

        /** Sets the terms of a column; a missing row counts as zeros in HEASoft 6.20 (Q7). */
        void set(int column, int row, double factor) {
            divisor[column] = factor;
            constant[column] = row < 0 ? 0 : table.value(row, 3);
            linear[column] = row < 0 ? 0 : table.value(row, 4);
            square[column] = row < 0 ? 0 : table.value(row, 5);
        }

        /** Temperature at a time; returns the flag to raise (energy-chain section 6.2). */
        long lookUp(int ccd, double t) {
            if (t != lastTime[ccd] || cursor != lastCursor[ccd]) {
                lastTime[ccd] = t;
                lastFlag[ccd] = temperature.isEmpty() ? StatusFlag.NO_TEMPERATURE.bit()
                        : search(temperature.get(), ccd, t);
                lastVt[ccd] = vt;
                lastCursor[ccd] = cursor;
            }
            vt = lastVt[ccd];
            usable = lastFlag[ccd] == 0;
            return lastFlag[ccd];
        }

        private long search(VideoTemperature hk, int ccd, double t) {
            int size = hk.size(ccd);
            if (size == 0 || t < hk.time(ccd, 0) || t > hk.time(ccd, size - 1)) {
                return StatusFlag.NO_TEMPERATURE.bit();
            }
            int next = hk.firstAfter(ccd, t);
            if (settings.compat().keeps(Fault.TEMPERATURE_SEARCH)) {
                if (next == size) {
                    return StatusFlag.NO_TEMPERATURE.bit();
                }
                next = Math.max(next, cursor);
                cursor = next;
            }
            if (next == size) {
                vt = hk.value(ccd, size - 1);
            } else {
                double before = hk.time(ccd, next - 1);
                double after = hk.time(ccd, next);
                double gap = after - before;
                if (gap > settings.maxGap()) {
                    return StatusFlag.NO_TEMPERATURE.bit();
                }
                vt = (after - t) / gap * hk.value(ccd, next - 1) + (t - before) / gap * hk.value(ccd, next);
            }
            return vt < table.temperatures().min() || vt > table.temperatures().max()
                    ? StatusFlag.TEMPERATURE_RANGE.bit() : 0;
        }

        /**
         * Factor of a row. That of the other segment is not limited to 0..1; HEASoft 6.20 leaves it 0 without a
         * temperature, so that pulse heights become infinite (Q6).
         */
        double factor(int row, boolean far) {
            boolean quirk = far && settings.compat().keeps(Fault.BORDER_FACTOR);
            if (!settings.temperature()) {
                return 1;
            }
            if (!usable) {
                return quirk ? 0 : 1;
            }
            if (row < 0) {
                return 1;
            }
            if (factorAt[row] != vt) {
                factorAt[row] = vt;
                factors[row] = 1 + term(row, vt) - referenceTerm[row];
            }
            double g = factors[row];
            boolean unusable = far ? !quirk && g <= 0 : g < 0 || g > 1;
            return unusable ? 1 : g;
        }
    }
}
