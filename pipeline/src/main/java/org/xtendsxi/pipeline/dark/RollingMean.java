// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.util.Arrays;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.pipeline.kernel.Adc;

/** Mean of the last K frames before the one that is reduced, events left out (frames-and-science section 2.3). */
public final class RollingMean extends RollingWindow {
    private final long[] sum;
    private final byte[] n;

    /** Prepares for frames of one segment, with a dark to begin with. */
    public RollingMean(FrameGeometry geometry, Adc adc, DarkSettings settings, DarkMap begin) {
        super(geometry, adc, settings, begin, "rollmean");
        this.sum = new long[begin.level().pixels()];
        this.n = new byte[sum.length];
        Arrays.fill(n, (byte) settings.frames());
        Arrays.setAll(sum, i -> (long) settings.frames() * begun(i));
    }

    @Override
    void entered(int pixel, int before, int after) {
        sum[pixel] += (after == NOTHING ? 0 : after) - (before == NOTHING ? 0L : before);
        n[pixel] += (byte) ((after == NOTHING ? 0 : 1) - (before == NOTHING ? 0 : 1));
    }

    @Override
    void replaced(int pixel, int value, int times) {
        sum[pixel] = (long) times * value;
        n[pixel] = (byte) times;
    }

    @Override
    void levels(int y, float[] levels) {
        int at = y * levels.length;
        for (int x = 0; x < levels.length; x++) {
            levels[x] = (float) (sum[at + x] / ((double) PARTS * n[at + x]));
        }
    }
}
