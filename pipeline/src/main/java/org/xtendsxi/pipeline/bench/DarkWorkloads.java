// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.bias.BiasEstimator;
import org.xtendsxi.pipeline.dark.DarkSettings;
import org.xtendsxi.pipeline.dark.DarkStage;
import org.xtendsxi.pipeline.dark.FollowingDark;
import org.xtendsxi.pipeline.frames.DarkMaps;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;
import org.xtendsxi.pipeline.stage.Parameters;

/** Darks that follow the frames: every frame of eight segments in turn enters the dark of its segment; one thread. */
final class DarkWorkloads {
    private DarkWorkloads() {
    }

    /** Parameters of the dark stage with a method. */
    static Parameters method(String name) {
        return Parameters.of("dark", DarkStage.SPEC.parameters(), Map.of("method", name));
    }

    /** One workload per estimator that follows the frames. */
    static List<Workload> all(List<SegmentFrame> frames, DarkMaps begin, BiasEstimator bias) {
        List<BiasLevel> biases = frames.stream().map(f -> bias.estimate(f.pixels()).level()).toList();
        return List.of(of("running", frames, begin, biases), of("rollmean", frames, begin, biases),
                of("rollmedian", frames, begin, biases));
    }

    private static Workload of(String method, List<SegmentFrame> frames, DarkMaps begin, List<BiasLevel> biases) {
        FrameGeometry g = FrameMaker.HEADER.geometry();
        DarkSettings settings = DarkSettings.of(method(method));
        List<FollowingDark> darks = new ArrayList<>();
        return new Workload("dark update, " + method, "GB/s", 1e-9 * frames.size() * FrameMaker.bytes(), () -> {
            for (int s = darks.size(); s < Math.min(8, frames.size()); s++) {
                SegmentFrame f = frames.get(s);
                darks.add(settings.follow(g, Adc.of(FrameMaker.HEADER),
                        begin.need(f.ccdId(), f.segment(), f.readNode())).orElseThrow());
            }
            long updated = 0;
            for (int f = 0; f < frames.size(); f++) {
                FollowingDark dark = darks.get(f % darks.size());
                dark.accept(frames.get(f).pixels(), biases.get(f));
                updated += dark.counts().update();
            }
            return updated;
        });
    }
}
