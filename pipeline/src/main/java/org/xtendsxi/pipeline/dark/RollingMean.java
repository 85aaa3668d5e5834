// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.util.Arrays;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.pipeline.kernel.Adc;

/** Mean of the last K frames before the one that is reduced, events left out (frames-and-science section 2.3). */
public final class RollingMean extends RollingWindow {
    private final long[] sum;
    private final int[] n;

    /** Prepares for frames of one segment, with a dark to begin with. */
    public RollingMean(FrameGeometry geometry, Adc adc, DarkSettings settings, DarkMap begin) {
        super(geometry, adc, settings, begin, "rollmean");
        this.sum = new long[geometry.active()];
        this.n = new int[geometry.active()];
    }

    @Override
    void levels(int[][] v, float[] levels) {
        Arrays.fill(sum, 0);
        Arrays.fill(n, 0);
        for (int[] r : v) {
            for (int x = 0; x < levels.length; x++) {
                int there = (r[x] - NOTHING) >> 31;
                sum[x] += r[x] & there;
                n[x] -= there;
            }
        }
        for (int x = 0; x < levels.length; x++) {
            levels[x] = (float) (sum[x] / ((double) PARTS * n[x]));
        }
    }
}
