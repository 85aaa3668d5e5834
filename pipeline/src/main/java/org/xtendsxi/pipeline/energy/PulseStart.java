// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.energy;

import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.pulse.NullReason;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Fault;

/**
 * Start of the chain: working pulse heights with their sub-channel deviates, and the tests that an event must pass
 * (energy-chain section 5, steps 2 to 7). Raw pulse heights stay as they are.
 */
public final class PulseStart {
    private static final String[] RANGED = {"CCD_ID", "SEGMENT", "READNODE", "RAWX", "ACTY"};
    private static final int PIXELS = EventPixels.INNER;
    /** Flags that every run finds anew: 26 and 30. */
    private static final long TEST_FLAGS = StatusFlag.bits(StatusFlag.BELOW_THRESHOLD, StatusFlag.NULL_IN_CORRECTION);
    /** Flags that the corrections of PHAS find anew: 27 to 29. */
    private static final long STEP_FLAGS = StatusFlag.bits(StatusFlag.TEMPERATURE_RANGE, StatusFlag.NO_TEMPERATURE,
            StatusFlag.NEGATIVE_CORRECTION);

    private final Settings settings;
    private final Readout readout;

    /**
     * Choices of the start.
     *
     * @param column where to start
     * @param negativeThreshold lowest legal pulse height, channels
     * @param random deviates, empty for none
     * @param compat strict clears flags of an earlier run that this one finds anew (of 26 to 30), and finds nulls of
     *     floating-point columns as NaN
     */
    public record Settings(StartColumn column, int negativeThreshold, Optional<PulseRandom> random, Compat compat) {
    }

    /** A start with these choices for a readout. */
    public PulseStart(Settings settings, Readout readout) {
        this.settings = settings;
        this.readout = readout;
    }

    /**
     * Makes working pulse heights and tests all events; STATUS and the null reasons of the batch are set.
     *
     * @return row-major [rows][9], channels
     */
    public double[] apply(PulseBatch b) {
        double[] w = pulses(b);
        if (settings.column().raw()) {
            settings.random().ifPresent(r -> r.add(b, w));
        }
        byte[] reason = b.reason();
        long[] status = b.status();
        boolean[] outside = outside(b, w);
        double[] time = b.time();
        long[] bad = b.chunk().longs("PROC_STATUS");
        short[] phas = b.phas();
        int[] ccd = b.ints("CCD_ID");
        int[] segment = b.ints("SEGMENT");
        long stale = settings.compat().keeps(Fault.STALE_FLAGS) ? 0
                : settings.column() == StartColumn.PHAS ? TEST_FLAGS | STEP_FLAGS : TEST_FLAGS;
        for (int i = 0; i < reason.length; i++) {
            status[i] &= ~stale;
            NullReason why = NullReason.NONE;
            if ((bad[i] & EventColumns.UNUSABLE) != 0) {
                why = NullReason.PROC_STATUS;
            } else if (Double.isNaN(time[i])) {
                why = NullReason.TIME;
            } else if (belowThreshold(phas[i * PIXELS], Sxi.segmentIndex(ccd[i], segment[i]))) {
                why = NullReason.THRESHOLD;
                status[i] |= StatusFlag.BELOW_THRESHOLD.bit();
            } else if (outside[i]) {
                why = NullReason.RANGE;
            } else if (negative(phas, i * PIXELS)) {
                why = NullReason.NEGATIVE;
            }
            reason[i] = why.code();
        }
        return w;
    }

    private double[] pulses(PulseBatch b) {
        if (!settings.column().raw()) {
            return b.chunk().doubles(settings.column().name());
        }
        short[] phas = b.phas();
        double[] w = new double[phas.length];
        for (int i = 0; i < w.length; i++) {
            w[i] = phas[i];
        }
        return w;
    }

    /** An address that is no segment has no threshold; the range test finds it (quirk Q10). */
    private boolean belowThreshold(int centre, int index) {
        return index >= 0 && index < Sxi.ALL_SEGMENTS && centre < readout.eventThreshold()[index];
    }

    private boolean negative(short[] phas, int at) {
        boolean low = false;
        for (int k = at; k < at + PIXELS; k++) {
            low |= phas[k] < settings.negativeThreshold();
        }
        return low;
    }

    private boolean[] outside(PulseBatch b, double[] w) {
        boolean[] out = new boolean[b.rows()];
        for (String name : RANGED) {
            Column c = b.chunk().schema().column(name);
            int none = (int) need(c.nullValue().isPresent(), c, "TNULL", c.nullValue().orElse(0));
            int low = (int) need(c.min().isPresent(), c, "TLMIN", c.min().orElse(0));
            int high = (int) need(c.max().isPresent(), c, "TLMAX", c.max().orElse(0));
            int[] v = b.ints(name);
            for (int i = 0; i < out.length; i++) {
                out[i] |= v[i] < low | v[i] > high | v[i] == none;
            }
        }
        Column adc = b.chunk().schema().column("ADCAVE");
        int none = (int) need(adc.nullValue().isPresent(), adc, "TNULL", adc.nullValue().orElse(0));
        int[] adcAve = b.ints("ADCAVE");
        boolean[] nulls = nullPulses(b, w);
        for (int i = 0; i < out.length; i++) {
            out[i] |= adcAve[i] == none | nulls[i];
        }
        return out;
    }

    private boolean[] nullPulses(PulseBatch b, double[] w) {
        boolean[] out = new boolean[b.rows()];
        boolean strict = !settings.compat().keeps(Fault.START_NULL);
        switch (settings.column()) {
            case PHAS -> {
                Column c = b.chunk().schema().column("PHAS");
                int none = (int) need(c.nullValue().isPresent(), c, "TNULL", c.nullValue().orElse(0));
                short[] v = b.phas();
                for (int i = 0, at = 0; i < out.length; i++, at += PIXELS) {
                    out[i] = holds(v, at, none);
                }
            }
            case PHA -> {
                int none = strict ? Sxi.NULL_CHANNEL : 0;
                int[] v = b.ints("PHA");
                for (int i = 0; i < v.length; i++) {
                    out[i] = v[i] == none;
                }
            }
            default -> {
                for (int i = 0; i < w.length; i++) {
                    out[i / PIXELS] |= strict ? Double.isNaN(w[i]) : w[i] == 0;
                }
            }
        }
        return out;
    }

    private static boolean holds(short[] v, int at, int value) {
        boolean found = false;
        for (int k = at; k < at + PIXELS; k++) {
            found |= v[k] == value;
        }
        return found;
    }

    private static long need(boolean present, Column c, String keyword, long value) {
        if (!present) {
            throw SxiException.data("column lacks " + keyword).column(c.name())
                    .todo("write the column with the format of the event file").build();
        }
        return value;
    }

    /** Makes NaN of the pulse heights of all events without energy, as they stand in intermediate columns. */
    public static void blank(PulseBatch b, double[] pulses) {
        for (int i = 0; i < b.rows(); i++) {
            if (!b.lives(i)) {
                Arrays.fill(pulses, i * PIXELS, (i + 1) * PIXELS, Double.NaN);
            }
        }
    }

    /** Copies GRADE and PHA of an earlier run, where the chunk has room for them (parameter {@code copygrade}). */
    public static void copyGrade(EventChunk chunk) {
        if (chunk.has("GRADE_COPY")) {
            chunk.put("GRADE_COPY", chunk.ints("GRADE"));
            chunk.put("PHA_COPY", chunk.ints("PHA"));
        }
    }
}
