// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.pixel.CcdPixel;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.stage.Fault;

/**
 * Search for cosmic-ray echoes (section 9.10): how often each CCD pixel was looked at as a neighbour of an event, and
 * how often it stood above the threshold. Feed it all events in table order, chunk by chunk, before the map is made.
 */
public final class EchoSearch {
    /** The aim-point segment, said to be free of echoes: CCD2, segment CD. */
    private static final int AIM_CCD = 1;
    private static final int AIM_SEGMENT = 1;
    private static final int REACH = 2;
    /** Bits of P_OUTER_MOST. */
    private static final int OUTER = 0xffff;

    private final FlagSettings settings;
    private final Optional<GtiList> gti;
    private final int block;
    /** Tests of each pixel, those of the events in {@link #centres} apart. */
    private final int[] tests = new int[CcdPixel.ALL];
    /** Tests above the threshold. */
    private final int[] above = new int[CcdPixel.ALL];
    /** Events by central pixel whose 24 neighbours are all tested: one count stands for all of them until the end. */
    private final int[] centres = new int[CcdPixel.ALL];
    private double last = Double.NEGATIVE_INFINITY;

    /**
     * Starts a search.
     *
     * @param settings settings
     * @param gti good time, empty for all
     * @param header keywords of the events: WIN_SIZE
     */
    public EchoSearch(FlagSettings settings, Optional<GtiList> gti, Keywords header) {
        this.settings = settings;
        this.gti = settings.compat().keeps(Fault.ECHO_SEARCH) ? gti.map(EchoSearch::withoutFirst) : gti;
        this.block = settings.compat().keeps(Fault.ECHO_WINDOW) ? Sxi.RAW_ROWS
                : (int) header.integer("WIN_SIZE").orElse(Sxi.RAW_ROWS);
        if (block < 1) {
            throw header.at(SxiException.data("window has no rows"), "WIN_SIZE").value(block).limit("1..640")
                    .todo("correct the header").build();
        }
    }

    /** The reference never uses the first row of the GTI. */
    private static GtiList withoutFirst(GtiList all) {
        return GtiList.of(all.intervals().stream().skip(1).toList());
    }

    /** Counts the events of a chunk; reads the raw pulse heights, or PHAS as it is where the reference does. */
    public void accept(EventChunk chunk) {
        double[] time = chunk.doubles("TIME");
        int[] ccd = chunk.ints("CCD_ID");
        int[] segment = chunk.ints("SEGMENT");
        int[] node = chunk.ints("READNODE");
        int[] rawX = chunk.ints("RAWX");
        int[] rawY = chunk.ints("RAWY");
        int[] actY = chunk.ints("ACTY");
        long[] processing = chunk.longs("PROC_STATUS");
        boolean asReference = settings.compat().keeps(Fault.ECHO_SEARCH);
        short[] pulses = chunk.shorts(asReference ? "PHAS" : "PHAS_INNER3X3");
        int[] outer = chunk.ints("P_OUTER_MOST");
        for (int i = 0; i < time.length; i++) {
            if (Double.isNaN(time[i]) || !asReference && EventFlags.unusable(processing[i])) {
                continue;
            }
            if (time[i] < last && asReference) {
                throw SxiException.data("events are not in time order").row(chunk.firstRow() + i + 1).column("TIME")
                        .value(time[i]).limit("at least " + last).todo("sort the events, or give echoflag=no").build();
            }
            last = time[i];
            boolean legal = ccd[i] >= 0 && ccd[i] < Sxi.CCDS && segment[i] >= 0 && segment[i] < Sxi.SEGMENTS;
            boolean good = gti.isEmpty() || gti.get().contains(last);
            int y = settings.compat().keeps(Fault.ECHO_WINDOW) ? rawY[i] : actY[i] - 1;
            // the reference counts the neighbours on the CCD of an event off it
            legal &= asReference || rawX[i] >= 0 && rawX[i] < Sxi.RAW_COLUMNS && rawY[i] >= 0
                    && rawY[i] < Sxi.RAW_ROWS && y >= 0 && y < Sxi.ACT_SIZE;
            if (legal && good && !(ccd[i] == AIM_CCD && segment[i] == AIM_SEGMENT)) {
                count(ccd[i], segment[i], node[i], rawX[i], rawY[i], y, pulses, EventPixels.INNER * i, outer[i]);
            }
        }
    }

    private void count(int ccd, int segment, int node, int rawX, int rawY, int y, short[] pulses, int at, int outer) {
        int first = Math.clamp(rawY, 0, Sxi.RAW_ROWS - 1) / block * block;
        int low = Math.max(-REACH, first - rawY);
        int high = Math.min(REACH, Math.min(first + block, Sxi.RAW_ROWS) - 1 - rawY);
        int centre = CcdPixel.index(ccd, ReadNode.actX(segment, node, rawX) - 1, y);
        int step = ReadNode.alongActX(segment, node) ? Sxi.ACT_SIZE : -Sxi.ACT_SIZE;
        boolean whole = low == -REACH && high == REACH && rawX >= REACH && rawX < Sxi.RAW_COLUMNS - REACH && y >= REACH
                && y < Sxi.ACT_SIZE - REACH;
        if (whole) {
            centres[centre]++;
            for (int k = 1; k < EventPixels.INNER; k++) {
                if (pulses[at + k] > settings.echo().threshold()) {
                    above[centre + EventPixels.dx(k) * step + EventPixels.dy(k)]++;
                }
            }
            for (int bits = outer & OUTER; bits != 0; bits &= bits - 1) {
                int k = EventPixels.INNER + Integer.numberOfTrailingZeros(bits);
                above[centre + EventPixels.dx(k) * step + EventPixels.dy(k)]++;
            }
            return;
        }
        for (int k = 1; k < EventPixels.ALL; k++) {
            int dx = EventPixels.dx(k);
            int dy = EventPixels.dy(k);
            int x = rawX + dx;
            int here = y + dy;
            if (x < 0 || x >= Sxi.RAW_COLUMNS || dy < low || dy > high || here < 0 || here >= Sxi.ACT_SIZE) {
                continue;
            }
            int pixel = centre + dx * step + dy;
            tests[pixel]++;
            if (k < EventPixels.INNER ? pulses[at + k] > settings.echo().threshold()
                    : (outer >> k - EventPixels.INNER & 1) != 0) {
                above[pixel]++;
            }
        }
    }

    /**
     * Gives the neighbours of whole events their tests; the surroundings are the same whatever the direction of the
     * node.
     */
    private void spread() {
        for (int i = 0; i < centres.length; i++) {
            int n = centres[i];
            if (n != 0) {
                for (int dx = -REACH; dx <= REACH; dx++) {
                    for (int dy = -REACH; dy <= REACH; dy++) {
                        tests[i + dx * Sxi.ACT_SIZE + dy] += n;
                    }
                }
                tests[i] -= n;
                centres[i] = 0;
            }
        }
    }

    /** Fraction of the tests of each pixel above the threshold; NaN where it was never tested. */
    public double[] fractions() {
        spread();
        double[] f = new double[tests.length];
        for (int i = 0; i < f.length; i++) {
            f[i] = fraction(i);
        }
        return f;
    }

    private double fraction(int pixel) {
        return (double) above[pixel] / tests[pixel];
    }

    /** Flag 37 on echo pixels and around them. */
    void flag(FlagMap map, FlagSettings s) {
        spread();
        long bit = StatusFlag.COSMIC_RAY_ECHO.bit();
        for (int i = 0; i < tests.length; i++) {
            if (tests[i] >= s.echo().minimum() && fraction(i) > s.echo().fraction()) {
                map.set(i, bit);
                int inCcd = i % CcdPixel.PER_CCD;
                map.setAround(i / CcdPixel.PER_CCD, inCcd / Sxi.ACT_SIZE, inCcd % Sxi.ACT_SIZE, s.echo().reach(), bit);
            }
        }
    }
}
