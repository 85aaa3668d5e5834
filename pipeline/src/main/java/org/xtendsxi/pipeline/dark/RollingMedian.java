// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.pipeline.kernel.Adc;

/** Median of the last K frames before the one that is reduced; mean of the middle two of an even number. */
public final class RollingMedian extends RollingWindow {
    /** Prepares for frames of one segment, with a dark to begin with. */
    public RollingMedian(FrameGeometry geometry, Adc adc, DarkSettings settings, DarkMap begin) {
        super(geometry, adc, settings, begin, "rollmedian");
    }

    @Override
    void entered(int pixel, int before, int after) {
        // levels are made of the places themselves
    }

    @Override
    void replaced(int pixel, int value, int times) {
        // levels are made of the places themselves
    }

    @Override
    void levels(int y, float[] levels) {
        int[][] v = values(y);
        RowSort.sort(v);
        for (int x = 0; x < levels.length; x++) {
            // empty places are higher than all values and stand at the end
            int n = v.length;
            while (n > 0 && v[n - 1][x] == NOTHING) {
                n--;
            }
            levels[x] = n == 0 ? Float.NaN : (float) (((long) v[(n - 1) / 2][x] + v[n / 2][x]) / (2.0 * PARTS));
        }
    }
}
