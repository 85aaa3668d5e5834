// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import org.xtendsxi.caldb.instrument.EventPixels;

/**
 * The charge trail of all nine pixels, an extension of ours (docs/differences-energy.md): each pixel gives up what the
 * pixels read out before it, inside the 3x3, left in it and gets back what it left in those after it, by its own
 * numbers of transfers. The pixels are worked in the order of read-out, so that a pixel meets leaders that are
 * corrected. What pixels outside the 3x3 left is not known and stays. A pixel without charge leaves nothing. One event
 * at a time.
 */
final class NeighbourTrail {
    private static final int[] READ_OUT = {1, 2, 3, 4, 0, 5, 6, 7, 8};
    /** The pixel read out before each in its row and in its column, -1 outside the 3x3. */
    private static final int[] SERIAL_LEADER = {4, -1, 1, 2, -1, 0, -1, 6, 7};
    private static final int[] PARALLEL_LEADER = {2, -1, -1, -1, 1, 3, 4, 0, 5};
    private static final int AFTER_CENTRE = 5;

    private final double[] serial = new double[EventPixels.INNER];
    private final double[] parallel = new double[EventPixels.INNER];

    /**
     * A column of the event and its neighbours of the same segment.
     *
     * @param losses losses of the segment
     * @param columns transfers in the serial register of a charge in the column, without the offset
     * @param rows transfers in the parallel registers of a charge in the row of the centre, without the offset
     */
    record Side(TrailLosses losses, double columns, double rows) {
    }

    /**
     * Corrects the nine pixels of an event in place.
     *
     * @param q pulse heights, channels
     * @param at place of the centre
     * @param near segment of the event, by the column of the centre
     * @param far the segment beyond the border, by its last column; the same as near away from the border
     * @param beyond RAWX offset (-1 or 1) of the pixels of far, 0 for none
     * @return whether a loss came out negative, which a table with negative losses makes
     */
    boolean correct(double[] q, int at, Side near, Side far, int beyond) {
        double centre = q[at];
        boolean negative = false;
        for (int k : READ_OUT) {
            int dx = EventPixels.dx(k);
            boolean isFar = beyond != 0 && dx == beyond;
            Side side = isFar ? far : near;
            TrailLosses t = side.losses();
            double x = q[at + k];
            int before = SERIAL_LEADER[k];
            if (before >= 0 && isFar == (beyond != 0 && EventPixels.dx(before) == beyond)) {
                x -= serial[before];
            }
            int below = PARALLEL_LEADER[k];
            if (below >= 0) {
                x -= parallel[below];
            }
            if (k == AFTER_CENTRE && !isFar && centre > 0) {
                x += t.echoSlope() * centre + t.echoOffset();
            }
            double h = 0;
            double v = 0;
            if (x > 0) {
                h = x * (t.h().at(x) * (side.columns() + (isFar ? 0 : dx) + t.offsetH()));
                v = x * (t.v().at(x) * (side.rows() + EventPixels.dy(k) + t.offsetV()));
                negative |= h < 0 || v < 0;
                h = h < 0 ? 0 : h;
                v = v < 0 ? 0 : v;
            }
            serial[k] = h;
            parallel[k] = v;
            q[at + k] = x + h + v;
        }
        return negative;
    }
}
