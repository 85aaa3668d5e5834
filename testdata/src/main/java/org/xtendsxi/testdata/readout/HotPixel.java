// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.Streams;

/**
 * A pixel with a large dark current, whose shot noise makes it look like events.
 *
 * @param ccdId 0..3
 * @param actX 1..640
 * @param actY 1..640
 * @param level mean dark level above its neighbours in a full-window exposure, adu
 */
public record HotPixel(int ccdId, int actX, int actY, double level) {
    /** Hot pixels of one segment, each at another place. */
    public static List<HotPixel> draw(SimulationConfig c, int ccdId, int segment) {
        List<HotPixel> out = new ArrayList<>();
        if (!c.has(Effect.HOT_PIXELS)) {
            return out;
        }
        DetectorModel d = c.detector();
        UniformRandomProvider random = Streams.of(c.seed(), Streams.Purpose.HOT_PIXELS, ccdId, segment);
        Set<Integer> taken = new HashSet<>();
        while (out.size() < d.hotPerSegment()) {
            int x = segment * Sxi.RAW_COLUMNS + 1 + random.nextInt(Sxi.RAW_COLUMNS);
            int y = 1 + random.nextInt(Sxi.ACT_SIZE);
            double level = d.hotLow() * Math.pow(d.hotHigh() / d.hotLow(), random.nextDouble());
            if (taken.add(y * Sxi.ACT_SIZE + x)) {
                out.add(new HotPixel(ccdId, x, y, level));
            }
        }
        return out;
    }
}
