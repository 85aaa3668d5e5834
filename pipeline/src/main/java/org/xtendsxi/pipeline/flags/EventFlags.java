// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import java.util.Arrays;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.pixel.CcdPixel;
import org.xtendsxi.pipeline.stage.Fault;
import org.xtendsxi.pipeline.stage.EventStep;

/** Gives every event the flags of its pixel, and PHAS_MASK those of its 3x3 (sections 9.7 and 9.8). */
public final class EventFlags implements EventStep {
    /** Flags that this stage owns: 1 to 23 and 31 to 48. */
    public static final long OWNED = (1L << 23) - 1 | (1L << StatusFlag.BITS) - (1L << 30);
    /** Position of pixel k in the 3x3 of the reference's PHAS_MASK, which has x and y exchanged; 0 is never tested. */
    private static final int[] SWAPPED_DX = {0, -1, -1, -1, 0, 0, 1, 1, 1};
    private static final int[] SWAPPED_DY = {0, -1, 0, 1, -1, 1, -1, 0, 1};

    private static final int UNUSABLE = -2;
    private static final int OFF = -1;

    private final FlagMap map;
    private final FlagSettings settings;
    private final boolean copyPulses;

    /**
     * Fixes the step.
     *
     * @param map flags of all pixels
     * @param settings settings
     * @param copyPulses whether PHAS starts again from PHAS_INNER3X3
     */
    public EventFlags(FlagMap map, FlagSettings settings, boolean copyPulses) {
        this.map = map;
        this.settings = settings;
        this.copyPulses = copyPulses;
    }

    /** Whether PROC_STATUS says that a row cannot be used. */
    static boolean unusable(long processingStatus) {
        return (processingStatus & EventColumns.UNUSABLE) != 0;
    }

    @Override
    public void process(EventChunk chunk) {
        int[] ccd = chunk.ints("CCD_ID");
        int[] segment = chunk.ints("SEGMENT");
        int[] node = chunk.ints("READNODE");
        int[] x = chunk.ints("ACTX");
        int[] y = chunk.ints("ACTY");
        long[] status = chunk.longs("STATUS");
        int[] mask = chunk.ints("PHAS_MASK");
        int[] row = rows(chunk, ccd, segment, x, y);
        apply(row, segment, node, status, mask);
        chunk.put("STATUS", status);
        chunk.put("PHAS_MASK", mask);
        if (copyPulses) {
            copyPulses(chunk, row);
        }
    }

    // Loops stand apart from what fetches their columns: small methods are compiled in little time.

    private void apply(int[] row, int[] segment, int[] node, long[] status, int[] mask) {
        for (int i = 0; i < row.length; i++) {
            if (row[i] == UNUSABLE) {
                continue;
            }
            int at = EventPixels.INNER * i;
            if (row[i] == OFF) {
                status[i] = off(status[i], mask, at);
                continue;
            }
            if (settings.reset()) {
                Arrays.fill(mask, at, at + EventPixels.INNER, 0);
            }
            long m = map.raw(row[i]);
            if ((m & FlagMap.NEAR_USELESS) != 0) {
                // Nodes B and D run against ACTX; a null node counts as A or C.
                int inCcd = row[i] % CcdPixel.PER_CCD;
                mask3x3(row[i] - inCcd, inCcd / Sxi.ACT_SIZE, inCcd % Sxi.ACT_SIZE,
                        segment[i] + node[i] != 1, mask, at);
            }
            status[i] = flags(status[i], m & ~FlagMap.NEAR_USELESS);
        }
    }

    /**
     * Pixel of each event in the camera, {@link #OFF} where a coordinate is illegal, {@link #UNUSABLE} after
     * errors.
     */
    private static int[] rows(EventChunk chunk, int[] ccd, int[] segment, int[] x, int[] y) {
        EventSchema s = chunk.schema();
        long[] processing = chunk.longs("PROC_STATUS");
        boolean[] off = new boolean[ccd.length];
        illegal(s.column("CCD_ID"), ccd, 0, Sxi.CCDS - 1, off);
        illegal(s.column("ACTX"), x, 1, Sxi.ACT_SIZE, off);
        illegal(s.column("ACTY"), y, 1, Sxi.ACT_SIZE, off);
        illegal(s.column("RAWX"), chunk.ints("RAWX"), 0, Sxi.RAW_COLUMNS - 1, off);
        illegal(s.column("RAWY"), chunk.ints("RAWY"), 0, Sxi.RAW_ROWS - 1, off);
        illegal(s.column("SEGMENT"), segment, 0, Sxi.SEGMENTS - 1, off);
        int[] row = new int[ccd.length];
        index(processing, off, ccd, x, y, row);
        return row;
    }

    private static void index(long[] processing, boolean[] off, int[] ccd, int[] x, int[] y, int[] row) {
        for (int i = 0; i < row.length; i++) {
            row[i] = unusable(processing[i]) ? UNUSABLE : off[i] ? OFF : CcdPixel.index(ccd[i], x[i] - 1, y[i] - 1);
        }
    }

    /** Marks values that are null or outside TLMIN..TLMAX, by default and at most the range of the instrument. */
    private static void illegal(Column c, int[] v, int low, int high, boolean[] off) {
        int from = (int) Math.max(low, c.min().orElse(low));
        int to = (int) Math.min(high, c.max().orElse(high));
        outside(v, from, to, (int) c.nullValue().orElse(from - 1), off);
    }

    private static void outside(int[] v, int from, int to, int missing, boolean[] off) {
        for (int i = 0; i < v.length; i++) {
            off[i] |= v[i] < from || v[i] > to || v[i] == missing;
        }
    }

    /** Status of an event off the CCD: the reference adds flag 3 to whatever was there. */
    private long off(long status, int[] mask, int at) {
        if (settings.compat().keeps(Fault.OFF_CCD)) {
            return status | StatusFlag.OUT_OF_CCD.bit();
        }
        if (settings.reset()) {
            Arrays.fill(mask, at, at + EventPixels.INNER, 0);
        }
        return flags(status, StatusFlag.OUT_OF_CCD.bit());
    }

    /** Owned flags from the pixel, others as they were; flag 1 from both, in the reference from the pixel only. */
    private long flags(long status, long pixel) {
        long kept = status & ~OWNED;
        long all = kept | pixel & OWNED;
        long deciding = settings.compat().keeps(Fault.FLAG_1) ? pixel : all;
        return (deciding & settings.bad()) != 0 ? all | StatusFlag.ANY_BAD.bit() : all & ~StatusFlag.ANY_BAD.bit();
    }

    private void mask3x3(int ccdStart, int x, int y, boolean along, int[] mask, int at) {
        for (int k = 0; k < EventPixels.INNER; k++) {
            int px;
            int py;
            if (settings.compat().keeps(Fault.MASK_AXES)) {
                // Exchanged offsets; for nodes B and D the reference negates the position instead of the offset.
                px = along ? x + SWAPPED_DX[k] : -(x + SWAPPED_DX[k]);
                py = y + SWAPPED_DY[k];
                if (k == 0 || px == 0 || py == 0) {
                    continue;
                }
            } else {
                px = along ? x + EventPixels.dx(k) : x - EventPixels.dx(k);
                py = y + EventPixels.dy(k);
            }
            if (CcdPixel.on(px, py) && (map.raw(ccdStart + CcdPixel.index(px, py)) & FlagMap.USELESS) != 0) {
                mask[at + k] = 1;
            }
        }
    }

    private static void copyPulses(EventChunk chunk, int[] row) {
        short[] raw = chunk.shorts("PHAS_INNER3X3");
        short[] working = chunk.shorts("PHAS");
        for (int i = 0; i < row.length; i++) {
            if (row[i] >= 0) {
                System.arraycopy(raw, EventPixels.INNER * i, working, EventPixels.INNER * i, EventPixels.INNER);
            }
        }
        chunk.put("PHAS", working);
    }
}
