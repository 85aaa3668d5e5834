// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.FrameTiming;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * When a mode is live, and where it puts the rows of the CCD (frames-and-science sections 1.2 and 1.6): in the 1/8
 * window imaging row {@code 80*k + r} is row r of sub-exposure k.
 *
 * @param mode data mode
 * @param windowStart ACTY of the first row that is read
 * @param windowSize rows that are read
 */
public record RowMap(DataMode mode, int windowStart, int windowSize) {
    /** No sub-exposure, or no row. */
    public static final int NONE = -1;

    /** The map of a mode; full-window modes read all rows. */
    public static RowMap of(DataMode mode, int windowStart, int windowSize) {
        return mode.windowed() ? new RowMap(mode, windowStart, windowSize) : new RowMap(mode, 1, Sxi.ACT_SIZE);
    }

    /** Sub-exposure that is live at a time of the cycle, or {@link #NONE}. */
    public int exposure(double time) {
        FrameTiming t = mode.timing();
        for (int i = 0; i < t.exposures(); i++) {
            double since = time - t.liveStart(i);
            if (since >= 0 && since < t.liveTime(i)) {
                return i;
            }
        }
        return NONE;
    }

    /** RAWY of a row of the CCD in a sub-exposure, or {@link #NONE} outside the window. */
    public int rawY(int exposure, int actY) {
        int r = actY - windowStart;
        return r < 0 || r >= windowSize ? NONE : exposure * windowSize + r;
    }

    /** Row of the CCD that stands at RAWY. */
    public int actY(int rawY) {
        return rawY % windowSize + windowStart;
    }

    /** Time for which dark charge gathers, relative to the full window. */
    public double darkShare() {
        return mode.timing().liveTime(0) / DataMode.WINDOW1.timing().liveTime(0);
    }
}
