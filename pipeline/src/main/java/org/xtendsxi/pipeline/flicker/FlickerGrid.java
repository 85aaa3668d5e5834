// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flicker;

import org.xtendsxi.caldb.instrument.Sxi;

/**
 * The pixels searched and the channels counted; all limits belong to the range.
 *
 * @param firstChip first CCD_ID
 * @param lastChip last CCD_ID
 * @param xMin first ACTX
 * @param xMax last ACTX
 * @param yMin first ACTY
 * @param yMax last ACTY
 * @param channelMin first channel
 * @param channelMax last channel
 */
public record FlickerGrid(int firstChip, int lastChip, int xMin, int xMax, int yMin, int yMax, int channelMin,
        int channelMax) {
    /** All four CCDs and all PI channels. */
    public static final FlickerGrid ALL =
            new FlickerGrid(0, Sxi.CCDS - 1, 1, Sxi.ACT_SIZE, 1, Sxi.ACT_SIZE, 0, Sxi.CHANNELS - 1);

    int chips() {
        return lastChip - firstChip + 1;
    }

    int height() {
        return yMax - yMin + 1;
    }

    int perChip() {
        return (xMax - xMin + 1) * height();
    }

    /** Index of a pixel, or -1 outside. */
    int index(int chip, int x, int y) {
        return chip < firstChip || chip > lastChip || x < xMin || x > xMax || y < yMin || y > yMax ? -1
                : (chip - firstChip) * perChip() + (x - xMin) * height() + y - yMin;
    }
}
