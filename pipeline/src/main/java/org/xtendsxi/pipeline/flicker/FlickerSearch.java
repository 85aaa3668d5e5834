// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flicker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.Grade;

/**
 * Counts events per pixel over one span of time, chunk by chunk in table order, then finds the flickering pixels
 * (sections 10.2 to 10.4). Memory depends on the number of pixels, not of events.
 */
public final class FlickerSearch {
    private final FlickerSettings settings;
    private final FlickerGrid grid;
    private final FlickerColumns columns;
    private final int grades;
    private final double start;
    private final double stop;
    private final long rejected;
    private final int[] counts;
    private final long[] channels;
    /** Row, from 1, of the first event on a pixel, whatever its channel and grade; 0 if none. */
    private final long[] first;

    /**
     * Starts a search.
     *
     * @param settings settings
     * @param grid pixels and channels
     * @param columns columns to read
     * @param grades grades counted, as bits
     * @param start start of the time searched
     * @param stop end of the time searched; both ends belong to it
     * @param rejected STATUS bits of events that are left out, as are then those with a processing error; 0 takes all
     */
    public FlickerSearch(FlickerSettings settings, FlickerGrid grid, FlickerColumns columns, int grades, double start,
            double stop, long rejected) {
        this.settings = settings;
        this.grid = grid;
        this.columns = columns;
        this.grades = grades;
        this.start = start;
        this.stop = stop;
        this.rejected = rejected;
        int n = grid.chips() * grid.perChip();
        this.counts = new int[n];
        this.channels = new long[n];
        this.first = new long[n];
    }

    /** Counts the events of a chunk. */
    public void accept(EventChunk chunk) {
        int[] pixel = pixels(chunk);
        boolean[] counted = counted(chunk);
        count(pixel, counted, chunk.ints(columns.channel()), chunk.firstRow());
    }

    private void count(int[] pixel, boolean[] counted, int[] channel, long firstRow) {
        for (int i = 0; i < pixel.length; i++) {
            if (pixel[i] >= 0) {
                if (first[pixel[i]] == 0) {
                    first[pixel[i]] = firstRow + i + 1;
                }
                if (counted[i]) {
                    counts[pixel[i]]++;
                    channels[pixel[i]] += channel[i];
                }
            }
        }
    }

    /** Forgets all events of some pixels, as if they had carried STATUS flag 1. */
    public void exclude(CcdPixels excluded) {
        for (int i = 0; i < counts.length; i++) {
            int inChip = i % grid.perChip();
            if (first[i] != 0 && excluded.has(grid.firstChip() + i / grid.perChip(),
                    grid.xMin() + inChip / grid.height(), grid.yMin() + inChip % grid.height())) {
                counts[i] = 0;
                channels[i] = 0;
                first[i] = 0;
            }
        }
    }

    /** A set of pixels. */
    @FunctionalInterface
    public interface CcdPixels {
        /** Whether a pixel of CCD_ID, ACTX and ACTY (from 1) belongs to it. */
        boolean has(int ccd, int x, int y);
    }

    /** Pixel of each event; -1 outside the time or the grid, or left out. */
    int[] pixels(EventChunk chunk) {
        double[] time = chunk.doubles(columns.time());
        int[] chip = chunk.ints(columns.chip());
        int[] x = chunk.ints(columns.x());
        int[] y = chunk.ints(columns.y());
        long[] status = rejected != 0 ? chunk.longs("STATUS") : new long[time.length];
        long[] processing = rejected != 0 ? chunk.longs("PROC_STATUS") : new long[time.length];
        return pixels(time, status, processing, chip, x, y);
    }

    private int[] pixels(double[] time, long[] status, long[] processing, int[] chip, int[] x, int[] y) {
        int[] pixel = new int[time.length];
        for (int i = 0; i < pixel.length; i++) {
            boolean in = time[i] >= start && time[i] <= stop && (status[i] & rejected) == 0
                    && (processing[i] & EventColumns.UNUSABLE) == 0;
            pixel[i] = in ? grid.index(chip[i], x[i], y[i]) : -1;
        }
        return pixel;
    }

    /** Whether channel and grade of each event are among those counted; null ones are not. */
    boolean[] counted(EventChunk chunk) {
        int[] channel = chunk.ints(columns.channel());
        int[] grade = chunk.ints(columns.grade());
        long noChannel = chunk.schema().column(columns.channel()).nullValue().orElse(Long.MIN_VALUE);
        long noGrade = chunk.schema().column(columns.grade()).nullValue().orElse(Long.MIN_VALUE);
        return counted(channel, grade, noChannel, noGrade);
    }

    private boolean[] counted(int[] channel, int[] grade, long noChannel, long noGrade) {
        boolean[] ok = new boolean[channel.length];
        for (int i = 0; i < ok.length; i++) {
            ok[i] = channel[i] >= grid.channelMin() && channel[i] <= grid.channelMax() && channel[i] != noChannel
                    && grade[i] != noGrade && Grade.in(grades, grade[i]);
        }
        return ok;
    }

    /** Whether each pixel of the grid flickers. */
    boolean[] flags() {
        int n = grid.perChip();
        boolean[] all = new boolean[counts.length];
        IntStream.range(0, grid.chips()).parallel().forEach(chip -> {
            boolean[] f = FlickerDetector.detect(Arrays.copyOfRange(counts, chip * n, (chip + 1) * n), grid.height(),
                    settings);
            System.arraycopy(f, 0, all, chip * n, n);
        });
        return all;
    }

    /** The flickering pixels in the order of their first event. */
    public List<FlickerPixel> pixels() {
        boolean[] flags = flags();
        List<FlickerPixel> found = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < flags.length; i++) {
            if (flags[i]) {
                places.add(i);
            }
        }
        places.sort(Comparator.comparingLong(i -> first[i]));
        for (int i : places) {
            int inChip = i % grid.perChip();
            found.add(new FlickerPixel(start, stop, grid.firstChip() + i / grid.perChip(),
                    grid.xMin() + inChip / grid.height(), grid.yMin() + inChip % grid.height(), counts[i],
                    (int) (channels[i] / counts[i])));
        }
        return found;
    }
}
