// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.pipeline.pulse.EventFixture;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.stage.Compat;

/** Sub-channel deviates (energy-chain section 5.2). */
class PulseRandomTest {
    private static double[] deviates(PulseRandom r, EventChunk c) {
        double[] w = new double[9 * c.rows()];
        r.add(PulseBatch.of(c), w);
        return w;
    }

    @Test
    @Tag("validation")
    void streamIsThatOfTheReference() {
        try (EventChunk c = EventFixture.chunk(0, 1)) {
            double[] d = deviates(PulseRandom.of(Compat.HEASOFT_6_20, -1457, 0), c);
            assertThat(Arrays.stream(d).mapToLong(v -> (long) (v * 0x1p32)).toArray()).containsExactly(1721825734L,
                    253499614L, 2175168182L, 1648651024L, 3110343648L, 781855986L, 1179911679L, 819838977L, 533497567L);
            assertThat(d[0]).isEqualTo(0.4008937939070165);
        }
    }

    @Test
    void deviatesOfARowDoNotDependOnChunksNorOrderOfWork() {
        int rows = 60_000;
        PulseRandom whole = PulseRandom.of(Compat.HEASOFT_6_20, 7, 0);
        PulseRandom parts = PulseRandom.of(Compat.HEASOFT_6_20, 7, 0);
        try (EventChunk c = EventFixture.chunk(0, rows)) {
            double[] all = deviates(whole, c);
            for (int from : new int[] {50_001, 0, 35_499, 137, 50_001}) {
                try (EventChunk part = EventFixture.chunk(from, 1000)) {
                    assertThat(deviates(parts, part)).isEqualTo(Arrays.copyOfRange(all, 9 * from, 9 * (from + 1000)));
                }
            }
        }
    }

    @Test
    void seedZeroTakesTheClockInTheReferenceOnly() {
        try (EventChunk c = EventFixture.chunk(0, 1)) {
            double[] first = deviates(PulseRandom.of(Compat.HEASOFT_6_20, 0, 1), c);
            assertThat(deviates(PulseRandom.of(Compat.HEASOFT_6_20, 0, 2), c)).isNotEqualTo(first);
            assertThat(deviates(PulseRandom.of(Compat.HEASOFT_6_20, 0, 0), c))
                    .isEqualTo(deviates(PulseRandom.of(Compat.HEASOFT_6_20, 4357, 0), c));
            assertThat(deviates(PulseRandom.of(Compat.STRICT, 0, 1), c))
                    .isEqualTo(deviates(PulseRandom.of(Compat.STRICT, 0, 2), c));
        }
    }

    @Test
    void strictDeviatesBelongToTheEventNotToItsRow() {
        RandomGenerator random = new java.util.SplittableRandom(20);
        int rows = 500;
        try (EventChunk c = EventFixture.chunk(0, rows); EventChunk one = EventFixture.chunk(77, 1)) {
            double[] time = random.doubles(rows, 0, 1e6).toArray();
            int[] x = random.ints(rows, 0, 320).toArray();
            c.put("TIME", time);
            c.put("RAWX", x);
            PulseRandom r = PulseRandom.of(Compat.STRICT, 5, 0);
            double[] all = deviates(r, c);
            one.put("TIME", new double[] {time[400]});
            one.put("RAWX", new int[] {x[400]});
            assertThat(deviates(r, one)).isEqualTo(Arrays.copyOfRange(all, 3600, 3609));
            assertThat(Arrays.stream(all).distinct().count()).isEqualTo(all.length);
            assertThat(Arrays.stream(all).allMatch(v -> v >= 0 && v < 1)).isTrue();
            // mean of n uniform deviates: 0.5 with a standard deviation of 1/sqrt(12 n)
            assertThat(Math.abs(Arrays.stream(all).average().orElseThrow() - 0.5))
                    .isLessThan(5 / Math.sqrt(12.0 * all.length));
        }
    }
}
