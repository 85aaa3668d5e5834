// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** One random generator per purpose and place, so that no draw depends on which thread made another one. */
public final class Streams {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Streams() {
    }

    /** What a stream is for. */
    public enum Purpose {
        /** Bias levels, by CCD and segment. */
        BIAS,
        /** Dark levels, by CCD. */
        DARK,
        /** Places and levels of hot pixels, by CCD and segment. */
        HOT_PIXELS,
        /** Photons of an emitter, by cycle and emitter. */
        PHOTONS,
        /** Electrons of photons, by cycle. */
        CHARGE,
        /** Noise of the pixels, by cycle, CCD and segment. */
        NOISE,
        /** Noise of the pixels that hold charge, by cycle, CCD and segment. */
        SIGNAL,
        /** Gains of the ASICs, by CCD and segment. */
        EVEN_ODD,
        /** Traps of the columns, by CCD and segment. */
        TRAPS,
        /** Levels of injected charge, by CCD and segment. */
        INJECTION,
        /** Lost frames, by cycle. */
        LOSS,
        /** Tracks of cosmic rays, by cycle and CCD. */
        TRACKS,
        /** Light leak, by epoch, CCD and segment. */
        LEAK,
        /** Flickering pixels by CCD and segment, and their state by cycle as well. */
        FLICKER,
        /** Echo pixels, by CCD and segment. */
        ECHO
    }

    /**
     * A generator for one place.
     *
     * @param seed seed of the simulation
     * @param purpose what it is for
     * @param place numbers that name the place
     */
    public static UniformRandomProvider of(long seed, Purpose purpose, int... place) {
        long h = mix(seed + GOLDEN) ^ mix(purpose.name().hashCode());
        for (int p : place) {
            h = mix(h + GOLDEN + p);
        }
        return RandomSource.XO_RO_SHI_RO_128_PP.create(new long[] {mix(h + GOLDEN), mix(h + 2 * GOLDEN)});
    }

    /** Finaliser of SplitMix64 (Steele, Lea and Flood 2014): every bit of the input moves every bit of the output. */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
