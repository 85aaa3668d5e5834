// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.kernel.PixelPlane;

/**
 * What is left of a frame above all levels that are taken off, in a sample of its rows: the symptom of a stale dark
 * (frames-and-science section 2.3, "dark can go stale silently"). Rows are looked at one by one because a dark may go
 * stale in a part of the rows.
 *
 * <p>One row in 80 is sampled, half way between the rows of charge injection. Residuals count at most as {@link #CLIP}
 * adu, so a photon or track moves the mean of a row of 320 pixels by at most a tenth of an adu per pixel that it hits.
 *
 * @param mean mean of the sampled rows, adu
 * @param extreme row mean farthest from zero, adu
 */
public record DarkResidual(double mean, double extreme) {
    /** Largest size of a residual, adu. */
    static final double CLIP = 30;
    private static final int STEP = 80;

    /** Value of a pixel above bias and dark, not rounded, adu. */
    static double above(PixelPlane p, int x, int y) {
        FrameGeometry g = p.geometry();
        int word = p.pixels().get(SegmentFrame.WORD, 2L * g.index(x, y));
        return p.adc().value(word + SegmentFrame.ZERO) - p.bias().at(y, x & 1) - p.dark().at(y * g.active() + x);
    }

    /** Measures it. */
    public static DarkResidual measure(PixelPlane plane) {
        FrameGeometry g = plane.geometry();
        double all = 0;
        double extreme = 0;
        int n = 0;
        for (int y = Math.min(STEP, g.rows()) / 2; y < g.rows(); y += STEP) {
            // even and odd columns apart: two sums do not wait on each other
            double even = 0;
            double odd = 0;
            for (int x = 0; x + 1 < g.active(); x += 2) {
                even += clip(above(plane, x, y));
                odd += clip(above(plane, x + 1, y));
            }
            double sum = even + odd + (g.active() % 2 == 0 ? 0 : clip(above(plane, g.active() - 1, y)));
            double row = sum / g.active();
            all += row;
            extreme = Math.abs(row) > Math.abs(extreme) ? row : extreme;
            n++;
        }
        return new DarkResidual(all / n, extreme);
    }

    private static double clip(double v) {
        return v > CLIP ? CLIP : v < -CLIP ? -CLIP : v;
    }
}
