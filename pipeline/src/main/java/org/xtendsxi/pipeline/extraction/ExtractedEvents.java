// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.extraction;

import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.instrument.EventPixels;

/** Events as arrays, one element per event (9 and 16 for the pulse heights, row-major). Filled once, then only read. */
public final class ExtractedEvents {
    private static final int PLACE = 6;

    private int size;
    private double[] time;
    private int[] exposure;
    /** CCD_ID, SEGMENT, READNODE, RAWX, RAWY, P_OUTER_MOST of each event. */
    private int[] place;
    private short[] inner;
    private short[] outer;
    private short[] outerSum;

    /** No events yet, with room for some. */
    ExtractedEvents(int room) {
        time = new double[room];
        exposure = new int[room];
        place = new int[room * PLACE];
        inner = new short[room * EventPixels.INNER];
        outer = new short[room * EventPixels.OUTER];
        outerSum = new short[room];
    }

    /** No events. */
    public static ExtractedEvents none() {
        return new ExtractedEvents(0);
    }

    /** Events of several lists in the order of sub-exposure, then list, then place in the list. */
    public static ExtractedEvents bySubExposure(List<ExtractedEvents> lists) {
        ExtractedEvents all = new ExtractedEvents(total(lists));
        int exposures = 0;
        for (ExtractedEvents e : lists) {
            for (int i = 0; i < e.size; i++) {
                exposures = Math.max(exposures, e.exposure[i] + 1);
            }
        }
        int[] at = new int[lists.size()];
        for (int s = 0; s < exposures; s++) {
            for (int l = 0; l < at.length; l++) {
                ExtractedEvents e = lists.get(l);
                int from = at[l];
                while (at[l] < e.size && e.exposure[at[l]] == s) {
                    at[l]++;
                }
                all.append(e, from, at[l]);
            }
        }
        return all;
    }

    private static int total(List<ExtractedEvents> lists) {
        return lists.stream().mapToInt(ExtractedEvents::size).sum();
    }

    /** Events of several lists one after the other. */
    public static ExtractedEvents joined(List<ExtractedEvents> lists) {
        ExtractedEvents all = new ExtractedEvents(total(lists));
        lists.forEach(e -> all.append(e, 0, e.size));
        return all;
    }

    private void append(ExtractedEvents e, int from, int to) {
        int n = to - from;
        reserve(size + n);
        System.arraycopy(e.time, from, time, size, n);
        System.arraycopy(e.exposure, from, exposure, size, n);
        System.arraycopy(e.place, from * PLACE, place, size * PLACE, n * PLACE);
        System.arraycopy(e.inner, from * EventPixels.INNER, inner, size * EventPixels.INNER, n * EventPixels.INNER);
        System.arraycopy(e.outer, from * EventPixels.OUTER, outer, size * EventPixels.OUTER, n * EventPixels.OUTER);
        System.arraycopy(e.outerSum, from, outerSum, size, n);
        size += n;
    }

    /**
     * Adds an event.
     *
     * @param start start of its live interval, s
     * @param subExposure sub-exposure in the cycle, from 0; must not fall
     * @param where CCD_ID, SEGMENT, READNODE, RAWX, RAWY
     * @param mask P_OUTER_MOST
     * @param sum SUM_OUTER_MOST
     * @param heights pulse heights of the 25 pixels
     */
    void add(double start, int subExposure, int[] where, int mask, int sum, int[] heights) {
        reserve(size + 1);
        time[size] = start;
        exposure[size] = subExposure;
        System.arraycopy(where, 0, place, size * PLACE, where.length);
        place[size * PLACE + PLACE - 1] = mask;
        for (int i = 0; i < EventPixels.INNER; i++) {
            inner[size * EventPixels.INNER + i] = (short) heights[i];
        }
        for (int i = 0; i < EventPixels.OUTER; i++) {
            outer[size * EventPixels.OUTER + i] = (short) heights[EventPixels.INNER + i];
        }
        outerSum[size++] = (short) sum;
    }

    private void reserve(int n) {
        if (n > time.length) {
            int room = Math.max(n, 2 * time.length);
            time = Arrays.copyOf(time, room);
            exposure = Arrays.copyOf(exposure, room);
            place = Arrays.copyOf(place, room * PLACE);
            inner = Arrays.copyOf(inner, room * EventPixels.INNER);
            outer = Arrays.copyOf(outer, room * EventPixels.OUTER);
            outerSum = Arrays.copyOf(outerSum, room);
        }
    }

    /** Number of events. */
    public int size() {
        return size;
    }

    /** TIME of an event, s. */
    public double time(int i) {
        return time[i];
    }

    /** Sub-exposure of an event in its cycle, from 0. */
    public int subExposure(int i) {
        return exposure[i];
    }

    /** CCD_ID of an event. */
    public int ccdId(int i) {
        return place[i * PLACE];
    }

    /** SEGMENT of an event. */
    public int segment(int i) {
        return place[i * PLACE + 1];
    }

    /** READNODE of an event. */
    public int readNode(int i) {
        return place[i * PLACE + 2];
    }

    /** RAWX of an event. */
    public int rawX(int i) {
        return place[i * PLACE + 3];
    }

    /** RAWY of an event. */
    public int rawY(int i) {
        return place[i * PLACE + 4];
    }

    /** P_OUTER_MOST of an event, 0..65535. */
    public int outerMask(int i) {
        return place[i * PLACE + 5];
    }

    /** SUM_OUTER_MOST of an event. */
    public int outerSum(int i) {
        return outerSum[i];
    }

    /** Pulse height of pixel 0..24 of an event, -32768 where there is none. */
    public int height(int i, int pixel) {
        return pixel < EventPixels.INNER ? inner[i * EventPixels.INNER + pixel]
                : outer[i * EventPixels.OUTER + pixel - EventPixels.INNER];
    }

    /**
     * The events as a chunk, which the caller closes; columns beyond the raw ones are null.
     *
     * @param schema raw event columns and any others
     * @param firstRow position of the first event in the whole table
     */
    public EventChunk toChunk(EventSchema schema, long firstRow) {
        EventChunk c = EventChunk.allocate(schema, firstRow, size);
        c.put(EventColumns.TIME.name(), Arrays.copyOf(time, size));
        c.put(EventColumns.CCD_ID.name(), places(0));
        c.put(EventColumns.SEGMENT.name(), places(1));
        c.put(EventColumns.READNODE.name(), places(2));
        c.put(EventColumns.ADCAVE.name(), new int[size]);
        c.put(EventColumns.RAWX.name(), places(3));
        c.put(EventColumns.RAWY.name(), places(4));
        c.put(EventColumns.PHAS_INNER3X3.name(), Arrays.copyOf(inner, size * EventPixels.INNER));
        c.put(EventColumns.PHAS_OUTER5X5.name(), Arrays.copyOf(outer, size * EventPixels.OUTER));
        c.put(EventColumns.P_OUTER_MOST.name(), places(5));
        c.put(EventColumns.SUM_OUTER_MOST.name(), Arrays.copyOf(outerSum, size));
        c.put(EventColumns.PROC_STATUS.name(), new long[size]);
        return c;
    }

    private int[] places(int k) {
        int[] out = new int[size];
        for (int i = 0; i < size; i++) {
            out[i] = place[i * PLACE + k];
        }
        return out;
    }
}
