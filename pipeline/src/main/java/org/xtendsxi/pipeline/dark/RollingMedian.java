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
    void levels(double[][] v, double[] out) {
        RowSort.sort(v, v.length);
        for (int x = 0; x < out.length; x++) {
            // empty places are infinite and stand at the end
            int n = v.length;
            while (n > 0 && v[n - 1][x] == Double.POSITIVE_INFINITY) {
                n--;
            }
            out[x] = n == 0 ? Double.NaN : (v[(n - 1) / 2][x] + v[n / 2][x]) / 2;
        }
    }
}
