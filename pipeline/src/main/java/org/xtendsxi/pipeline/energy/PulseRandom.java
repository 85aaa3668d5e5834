// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.energy;

import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Fault;

/** Sub-channel random numbers: a uniform deviate in [0, 1) per pixel, a pure function of the event. */
@FunctionalInterface
public interface PulseRandom {
    /**
     * Adds a deviate to every pixel of every event.
     *
     * @param events addresses, times and position in the table
     * @param pulses row-major [rows][9], changed in place
     */
    void add(PulseBatch events, double[] pulses);

    /**
     * The stream of a behaviour: that of HEASoft 6.20 (energy-chain section 5.2), whose deviates follow the order of
     * rows, or one that depends on seed, time and address only, so that it survives any selection of rows.
     *
     * @param seed seed
     * @param clock stands for a seed of 0 in HEASoft 6.20, seconds
     */
    static PulseRandom of(Compat compat, int seed, long clock) {
        if (!compat.keeps(Fault.RANDOM_ORDER)) {
            return new AddressRandom(seed);
        }
        int s = seed == 0 ? (int) clock : seed;
        return new RowRandom(s == 0 ? MersenneTwister.DEFAULT_SEED : s);
    }
}
