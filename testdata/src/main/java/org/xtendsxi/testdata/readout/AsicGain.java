// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import org.apache.commons.rng.UniformRandomProvider;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.Streams;

/**
 * Gain of the ASIC of the even or the odd columns of a segment (energy-chain section 6.4): from the pulse height p that
 * it shows, the true one is {@code linear*(p/g) + quadratic*(p/g)^2}.
 *
 * @param norm VT_GAIN_NORM, channels per C
 * @param offset VT_GAIN_OFFSET, C; VT_GAIN_INDEX is 1
 * @param reference VT_REF, C
 * @param pulseHeight PH_REF, channels
 * @param linear GAIN_LINR
 * @param quadratic GAIN_QUAD, 1/channel; GAIN_OFFSET is 0
 */
public record AsicGain(double norm, double offset, double reference, double pulseHeight, double linear,
        double quadratic) {
    private static final double OFFSET = -40;
    private static final double STEP = 0.02;

    /** Gain of one parity (0 even, 1 odd) of a segment. */
    public static AsicGain draw(SimulationConfig c, int ccdId, int segment, int parity) {
        Defects.Video v = c.detector().defects().video();
        UniformRandomProvider random = Streams.of(c.seed(), Streams.Purpose.EVEN_ODD, ccdId, segment, parity);
        double linear = 1 + v.spread() * (2 * random.nextDouble() - 1);
        double quadratic = v.quadratic() * random.nextDouble();
        double norm = v.norm() * (1 + STEP * (4 * ccdId + 2 * segment + parity));
        return new AsicGain(norm, OFFSET, v.reference(), v.pulseHeight(), linear, quadratic);
    }

    /** Factor of the temperature. */
    public double factor(double temperature) {
        return 1 + norm * (temperature - offset) / pulseHeight - norm * (reference - offset) / pulseHeight;
    }

    /** Pulse height that the ASIC shows for a true one, channels. */
    public double shown(double pulseHeightTrue, double temperature) {
        double root = Math.sqrt(linear * linear + 4 * quadratic * pulseHeightTrue);
        return factor(temperature) * 2 * pulseHeightTrue / (linear + root);
    }
}
