// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.energy;

/** MT19937 of Matsumoto and Nishimura with the initialisation of 2002 (energy-chain section 5.2), block by block. */
final class MersenneTwister {
    /** Words of the state, and outputs of a block. */
    static final int BLOCK = 624;
    /** Replaces a seed of 0. */
    static final int DEFAULT_SEED = 4357;
    private static final int SHIFT = 397;
    private static final int TWIST = 0x9908b0df;

    private final int[] state;

    private MersenneTwister(int[] state) {
        this.state = state;
    }

    /** Generator before its first block. */
    static MersenneTwister seeded(int seed) {
        int[] s = new int[BLOCK];
        s[0] = seed;
        for (int i = 1; i < BLOCK; i++) {
            s[i] = 1812433253 * (s[i - 1] ^ s[i - 1] >>> 30) + i;
        }
        return new MersenneTwister(s);
    }

    /** An independent generator at the same place. */
    MersenneTwister copy() {
        return new MersenneTwister(state.clone());
    }

    /** Goes to the next block. */
    void next() {
        for (int i = 0; i < BLOCK; i++) {
            int y = state[i] & 0x80000000 | state[i + 1 < BLOCK ? i + 1 : 0] & 0x7fffffff;
            int far = i + SHIFT < BLOCK ? i + SHIFT : i + SHIFT - BLOCK;
            state[i] = state[far] ^ y >>> 1 ^ (TWIST & -(y & 1));
        }
    }

    /** Output of the present block, as a deviate in [0, 1) of 32 bits. */
    double deviate(int index) {
        int y = state[index];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        y ^= y >>> 18;
        return (y & 0xffffffffL) * 0x1p-32;
    }
}
