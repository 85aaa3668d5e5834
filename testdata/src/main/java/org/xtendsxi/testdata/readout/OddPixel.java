// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.Streams;

/**
 * A pixel that is bright in some cycles only (flickering), or whose dark frames are too low (echo).
 *
 * @param ccdId 0..3
 * @param actX 1..640
 * @param actY 1..640
 * @param level brightness in a full-window exposure, or imprint in the dark frames, adu
 */
public record OddPixel(int ccdId, int actX, int actY, double level) {
    private static final int AIM_CCD = 1;
    private static final int AIM_SEGMENT = 1;

    /** Flickering pixels of a segment; none without the effect. */
    public static List<OddPixel> flickering(SimulationConfig c, int ccdId, int segment) {
        Defects.Level d = c.detector().defects().level();
        return c.has(Effect.FLICKERING) ? draw(Streams.of(c.seed(), Streams.Purpose.FLICKER, ccdId, segment), ccdId,
                segment, d.flickering(), d.flickerLow(), d.flickerHigh()) : List.of();
    }

    /** Echo pixels of a segment; none without the effect, and none in the segment of the aim point. */
    public static List<OddPixel> echoes(SimulationConfig c, int ccdId, int segment) {
        Defects.Level d = c.detector().defects().level();
        boolean free = ccdId == AIM_CCD && segment == AIM_SEGMENT;
        return c.has(Effect.ECHO) && !free ? draw(Streams.of(c.seed(), Streams.Purpose.ECHO, ccdId, segment), ccdId,
                segment, d.echoes(), d.echoLow(), d.echoHigh()) : List.of();
    }

    private static List<OddPixel> draw(UniformRandomProvider random, int ccdId, int segment, int count, double low,
            double high) {
        List<OddPixel> out = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        while (out.size() < count) {
            int x = segment * Sxi.RAW_COLUMNS + 1 + random.nextInt(Sxi.RAW_COLUMNS);
            int y = 1 + random.nextInt(Sxi.ACT_SIZE);
            double level = low * Math.pow(high / low, random.nextDouble());
            if (taken.add(y * Sxi.ACT_SIZE + x)) {
                out.add(new OddPixel(ccdId, x, y, level));
            }
        }
        return List.copyOf(out);
    }
}
