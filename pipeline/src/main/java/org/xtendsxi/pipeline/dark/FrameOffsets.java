// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.util.Optional;
import org.xtendsxi.pipeline.kernel.DarkLevel;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.kernel.RowBlocks;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * Levels that belong to one frame: light leak first, then the common mode of what is left. A pure function of the
 * frame; may be shared by threads.
 */
public final class FrameOffsets {
    private final RowBlocks blocks;
    private final boolean measureLeak;
    private final boolean subtractLeak;
    private final int area;
    private final double clip;
    private final boolean common;
    private final int group;

    /**
     * Prepares.
     *
     * @param dark parameters of the dark stage
     * @param blocks rows of the sub-exposures
     */
    public FrameOffsets(Parameters dark, RowBlocks blocks) {
        this.blocks = blocks;
        this.measureLeak = !dark.text("leak").equals("no");
        this.subtractLeak = dark.yes("leak");
        this.area = dark.integer("leakarea");
        this.clip = dark.real("leakclip");
        this.common = dark.yes("common");
        this.group = dark.integer("commonwidth");
    }

    /**
     * A frame with all its levels.
     *
     * @param plane frame with bias and what is to be taken off besides
     * @param leak light leak, if measured
     * @param common rms of the common mode, adu; NaN if not measured
     */
    public record Result(PixelPlane plane, Optional<LightLeak> leak, double common) {
    }

    /** Shape of the light-leak map, if it is measured. */
    public Optional<LightLeak> shape(int width) {
        return measureLeak ? Optional.of(LightLeak.zero(width, blocks, area)) : Optional.empty();
    }

    /** Measures and takes off what is wanted. */
    public Result apply(PixelPlane plane) {
        Optional<LightLeak> leak = measureLeak ? Optional.of(LightLeak.measure(plane, blocks, area, clip))
                : Optional.empty();
        if (!subtractLeak && !common) {
            return new Result(plane, leak, Double.NaN);
        }
        double[] level = plane.dark().toArray();
        PixelPlane rest = plane;
        if (subtractLeak) {
            leak.orElseThrow().addTo(level, plane.geometry().active());
            rest = with(plane, level);
        }
        double rms = Double.NaN;
        if (common) {
            rms = CommonMode.addTo(rest, group, level);
            rest = with(plane, level);
        }
        return new Result(rest, leak, rms);
    }

    private static PixelPlane with(PixelPlane p, double[] level) {
        return new PixelPlane(p.pixels(), p.geometry(), p.adc(), p.bias(), DarkLevel.of(level));
    }
}
