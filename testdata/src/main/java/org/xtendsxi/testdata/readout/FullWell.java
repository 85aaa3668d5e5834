// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import java.util.Map;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.testdata.charge.ChargeImage;

/**
 * Pixels that hold no more than so many electrons: what is too much flows up and down the column in equal parts until
 * it finds room; what leaves the imaging rows is lost.
 *
 * @param geometry layout of the frame
 * @param rows block of rows that belong together
 * @param limit electrons
 */
record FullWell(FrameGeometry geometry, RowMap rows, double limit) implements ChargeEffect {
    @Override
    public void apply(int cycle, ChargeImage charge) {
        for (Map.Entry<Integer, Double> e : charge.copy().pixels().entrySet()) {
            double excess = e.getValue() - limit;
            if (excess > 0) {
                charge.add(e.getKey(), -excess);
                flow(charge, e.getKey(), excess / 2, 1);
                flow(charge, e.getKey(), excess / 2, -1);
            }
        }
    }

    /** A pixel that was too full itself has no room, whether it has been treated or not. */
    private void flow(ChargeImage charge, int from, double electrons, int step) {
        double left = electrons;
        int block = (from / geometry.width() - geometry.vUnder()) / rows.windowSize();
        int at = from + step * geometry.width();
        while (left > 0) {
            int rawY = Math.floorDiv(at, geometry.width()) - geometry.vUnder();
            if (rawY < 0 || rawY >= geometry.rows() || rawY / rows.windowSize() != block) {
                return;
            }
            double taken = Math.min(left, Math.max(0, limit - charge.at(at)));
            if (taken > 0) {
                charge.add(at, taken);
            }
            left -= taken;
            at += step * geometry.width();
        }
    }
}
