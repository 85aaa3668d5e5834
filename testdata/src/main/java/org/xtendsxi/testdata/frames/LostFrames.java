// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.frames;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.Streams;

/** Frames that were taken but are not in the file: whole cycles and single segments; dark frames are never lost. */
public final class LostFrames {
    private LostFrames() {
    }

    /** Segments (2*CCD_ID + SEGMENT) that are lost in a cycle, among those that are read. */
    public static List<Integer> of(SimulationConfig c, int cycle) {
        List<Integer> out = new ArrayList<>();
        if (!c.has(Effect.LOST_FRAMES) || cycle < c.darkCycles()) {
            return out;
        }
        Defects.Link m = c.detector().defects().link();
        UniformRandomProvider random = Streams.of(c.seed(), Streams.Purpose.LOSS, cycle);
        boolean all = random.nextDouble() < m.lostCycle();
        for (int i = 0; i < Sxi.ALL_SEGMENTS; i++) {
            boolean lost = random.nextDouble() < m.lostSegment();
            if ((all || lost) && c.ccds().contains(i / Sxi.SEGMENTS)) {
                out.add(i);
            }
        }
        return out;
    }
}
