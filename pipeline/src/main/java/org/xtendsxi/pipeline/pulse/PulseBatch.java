// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.pulse;

import java.util.HashMap;
import java.util.Map;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.EventPixels;

/**
 * Events of a chunk as primitive arrays, the form in which the numerics of the energy chain work. A column is taken
 * from the chunk when it is first asked for. Arrays of a pixel quantity are row-major, nine to an event. {@link
 * #status} and {@link #reason} are working arrays that steps change; the owner puts them back with {@link #store}.
 */
public final class PulseBatch {
    private final EventChunk chunk;
    private final Map<String, int[]> columns = new HashMap<>();
    private double[] time = {};
    private short[] phas = {};
    private int[] masked = {};
    private long[] status = {};
    private byte[] reason = {};

    private PulseBatch(EventChunk chunk) {
        this.chunk = chunk;
    }

    /** Events of a chunk. */
    public static PulseBatch of(EventChunk chunk) {
        return new PulseBatch(chunk);
    }

    /** The chunk. */
    public EventChunk chunk() {
        return chunk;
    }

    /** Number of events. */
    public int rows() {
        return chunk.rows();
    }

    /** TIME, s; null is NaN. */
    public double[] time() {
        if (time.length == 0) {
            time = chunk.doubles("TIME");
        }
        return time;
    }

    /** Integers of a column such as RAWX, nulls as stored. */
    public int[] ints(String column) {
        return columns.computeIfAbsent(column, chunk::ints);
    }

    /** PHAS, channels, nine to an event, nulls as stored. */
    public short[] phas() {
        if (phas.length == 0) {
            phas = chunk.shorts("PHAS");
        }
        return phas;
    }

    /** PHAS_MASK as bits: bit i is set if pixel i has the value 1. */
    public int[] masked() {
        if (masked.length == 0) {
            masked = bits(chunk.ints("PHAS_MASK"), chunk.rows());
        }
        return masked;
    }

    private static int[] bits(int[] mask, int rows) {
        int[] out = new int[rows];
        for (int i = 0, at = 0; i < rows; i++) {
            int any = 0;
            for (int k = 0; k < EventPixels.INNER; k++) {
                any |= mask[at + k];
            }
            for (int k = 0; k < EventPixels.INNER && any != 0; k++) {
                out[i] |= mask[at + k] == 1 ? 1 << k : 0;
            }
            at += EventPixels.INNER;
        }
        return out;
    }

    /** STATUS, flag n as bit n-1. */
    public long[] status() {
        if (status.length == 0) {
            status = chunk.longs("STATUS");
        }
        return status;
    }

    /** Codes of {@link NullReason}. */
    public byte[] reason() {
        if (reason.length == 0) {
            reason = new byte[chunk.rows()];
            if (chunk.has(PulseColumns.NULL_REASON.name())) {
                int[] v = chunk.ints(PulseColumns.NULL_REASON.name());
                for (int i = 0; i < v.length; i++) {
                    reason[i] = (byte) v[i];
                }
            }
        }
        return reason;
    }

    /**
     * Whether corrections work on an event: it passed the tests at the start. One that could not be graded in the first
     * pass has its chance in the second.
     */
    public boolean lives(int row) {
        byte r = reason()[row];
        return r == 0 || r == NullReason.GRADING.ordinal();
    }

    /** Ends the energy of an event. */
    public void kill(int row, NullReason why) {
        reason()[row] = why.code();
    }

    /** Puts STATUS and, where the chunk has it, NULL_REASON back into the chunk. */
    public void store() {
        chunk.put("STATUS", status());
        if (chunk.has(PulseColumns.NULL_REASON.name())) {
            byte[] r = reason();
            int[] v = new int[r.length];
            for (int i = 0; i < v.length; i++) {
                v[i] = r[i];
            }
            chunk.put(PulseColumns.NULL_REASON.name(), v);
        }
    }
}
