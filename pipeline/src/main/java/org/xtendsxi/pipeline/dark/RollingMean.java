// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.util.Arrays;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.pipeline.kernel.Adc;

/** Mean of the last K frames before the one that is reduced, events left out (frames-and-science section 2.3). */
public final class RollingMean extends RollingWindow {
    private final int[] n;

    /** Prepares for frames of one segment, with a dark to begin with. */
    public RollingMean(FrameGeometry geometry, Adc adc, DarkSettings settings, DarkMap begin) {
        super(geometry, adc, settings, begin, "rollmean");
        this.n = new int[geometry.active()];
    }

    @Override
    void levels(double[][] v, double[] out) {
        Arrays.fill(out, 0);
        Arrays.fill(n, 0);
        for (double[] r : v) {
            for (int x = 0; x < out.length; x++) {
                boolean there = r[x] != Double.POSITIVE_INFINITY;
                out[x] += there ? r[x] : 0;
                n[x] += there ? 1 : 0;
            }
        }
        for (int x = 0; x < out.length; x++) {
            out[x] /= n[x];
        }
    }
}
