// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.energy;

import java.util.TreeMap;
import org.xtendsxi.pipeline.pulse.PulseBatch;

/**
 * The deviates of HEASoft 6.20: nine for every row, in row order. Pixel k of row r takes output 9r + k whatever chunk
 * the row comes in; states kept now and then make it cheap to start anywhere.
 */
final class RowRandom implements PulseRandom {
    private static final int PIXELS = 9;
    /** Blocks between two states kept: 2.5 kB for every 35 thousand rows. */
    private static final long KEEP = 512;

    /** State before the block of a number. */
    private final TreeMap<Long, MersenneTwister> kept = new TreeMap<>();

    RowRandom(int seed) {
        kept.put(0L, MersenneTwister.seeded(seed));
    }

    @Override
    public void add(PulseBatch events, double[] pulses) {
        long output = events.chunk().firstRow() * PIXELS;
        long block = output / MersenneTwister.BLOCK;
        MersenneTwister twister = before(block);
        twister.next();
        int index = (int) (output % MersenneTwister.BLOCK);
        for (int at = 0; at < pulses.length; at++) {
            if (index == MersenneTwister.BLOCK) {
                twister.next();
                index = 0;
            }
            pulses[at] += twister.deviate(index++);
        }
    }

    private synchronized MersenneTwister before(long block) {
        long at = kept.floorKey(block);
        MersenneTwister t = kept.get(at).copy();
        while (at < block) {
            t.next();
            at++;
            if (at % KEEP == 0 && !kept.containsKey(at)) {
                kept.put(at, t.copy());
            }
        }
        return t;
    }
}
