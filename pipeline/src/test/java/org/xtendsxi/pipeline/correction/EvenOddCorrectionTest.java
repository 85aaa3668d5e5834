// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.table.EvenOddTable;
import org.xtendsxi.pipeline.pulse.EventFixture;
import org.xtendsxi.pipeline.pulse.NullReason;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.stage.Compat;

/** Video temperature and switches (energy-chain sections 6.2 and 11A); the arithmetic has the vectors of section 16. */
class EvenOddCorrectionTest {
    private static final long OUT = StatusFlag.TEMPERATURE_RANGE.bit();
    private static final long NONE = StatusFlag.NO_TEMPERATURE.bit();
    private static final Optional<VideoTemperature> HK = Optional.of(SyntheticTables.temperature());

    private record Corrected(double centre, double side, double far, long status, int reason) {
    }

    private static EvenOddCorrection correction(Compat compat, boolean vt, boolean columns,
            Optional<VideoTemperature> hk) {
        return new EvenOddCorrection(new EvenOddCorrection.Settings(vt, columns, 8, compat), EventFixture.readout(),
                SyntheticTables.evenOdd(), hk);
    }

    private static Corrected at(EvenOddCorrection c, double time, int ccd, int actX, int adcAve) {
        try (EventChunk chunk = EventFixture.chunk(0, 1)) {
            chunk.put("TIME", new double[] {time});
            EventFixture.set(chunk, "CCD_ID", ccd);
            EventFixture.set(chunk, "ACTX", actX);
            EventFixture.set(chunk, "RAWX", actX - 1);
            EventFixture.set(chunk, "ADCAVE", adcAve);
            double[] q = {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000};
            PulseBatch b = PulseBatch.of(chunk);
            c.apply(b, 0, 1, q, 0);
            return new Corrected(q[0], q[4], q[5], b.status()[0], b.reason()[0]);
        }
    }

    private static long flag(Compat compat, double time, int ccd) {
        return at(correction(compat, true, true, HK), time, ccd, 100, 0).status();
    }

    @Test
    void temperaturesAreUsableBetweenCloseRowsOnly() {
        for (Compat compat : Compat.both()) {
            assertThat(flag(compat, -1, 0)).isEqualTo(NONE);
            assertThat(flag(compat, 0, 0)).isZero();
            assertThat(flag(compat, 6, 2)).as("20.5 C interpolated").isEqualTo(OUT);
            assertThat(flag(compat, 13, 0)).isEqualTo(NONE);
            assertThat(at(correction(compat, true, true, Optional.empty()), 2, 0, 100, 0).status()).isEqualTo(NONE);
        }
    }

    @Test
    void timeOfTheLastRowIsUsableInStrictOnly() {
        assertThat(flag(Compat.STRICT, 12, 0)).isZero();
        assertThat(flag(Compat.HEASOFT_6_20, 12, 0)).as("quirk Q5").isEqualTo(NONE);
    }

    @Test
    void wideGapsHaveNoTemperature() {
        VideoTemperature gap = VideoTemperature.of(new double[] {0, 9}, new double[][] {{5, 5}, {5, 5}, {5, 5}, {5, 5}},
                false);
        assertThat(at(correction(Compat.STRICT, true, true, Optional.of(gap)), 1, 0, 100, 0).status()).isEqualTo(NONE);
    }

    @Test
    void nullTemperaturesAreSkippedInStrictOnly() {
        double[] time = {0, 4, 8};
        double[][] value = {{5, Double.NaN, 7}, {5, 5, 5}, {5, 5, 5}, {5, 5, 5}};
        assertThat(at(correction(Compat.STRICT, true, true, Optional.of(VideoTemperature.of(time, value, false))), 2, 0,
                100, 0).centre()).isFinite();
        assertThat(at(correction(Compat.HEASOFT_6_20, true, true, Optional.of(VideoTemperature.of(time, value, true))),
                2, 0, 100, 0).centre()).as("quirk Q24").isNaN();
    }

    @Test
    void pixelsBeyondTheBorderStayFiniteInStrictOnly() {
        assertThat(at(correction(Compat.STRICT, true, true, Optional.empty()), 2, 0, 320, 0).far()).isFinite();
        assertThat(at(correction(Compat.HEASOFT_6_20, true, true, Optional.empty()), 2, 0, 320, 0).far())
                .as("quirk Q6").isInfinite();
    }

    @Test
    void unknownAdcModeIsNullInStrictAndZeroInTheReference() {
        assertThat(at(correction(Compat.STRICT, true, true, HK), 2, 0, 100, 3).reason())
                .isEqualTo(NullReason.CORRECTION.ordinal());
        assertThat(at(correction(Compat.HEASOFT_6_20, true, true, HK), 2, 0, 100, 3).centre()).as("quirk Q7").isZero();
    }

    @Test
    void switchesOfXrismAreIndependent() {
        EvenOddTable t = SyntheticTables.evenOdd();
        double polynomial = t.value(1, 3) + t.value(1, 4) * 1000 + t.value(1, 5) * 1e6;
        assertThat(at(correction(Compat.STRICT, false, true, HK), 2, 0, 100, 0).centre()).isCloseTo(polynomial,
                within(1e-12));
        // odd column: 1 + 2.5*(7+50)/900 - 2.5*50/900 is above one and so limited to one
        assertThat(at(correction(Compat.STRICT, true, false, HK), 2, 0, 100, 0).centre()).isEqualTo(1000);
        assertThat(at(correction(Compat.STRICT, false, false, HK), 2, 0, 100, 0).status()).isZero();
    }

    @Test
    void referenceNeverGoesBackInTheTemperatures() {
        EvenOddCorrection c = correction(Compat.HEASOFT_6_20, true, true, HK);
        try (EventChunk chunk = EventFixture.chunk(0, 2)) {
            chunk.put("TIME", new double[] {9, 1});
            PulseBatch b = PulseBatch.of(chunk);
            int cursor = c.advance(b, 0);
            assertThat(cursor).isEqualTo(3);
            double[] together = {100, 0, 0, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0};
            double[] apart = together.clone();
            c.apply(b, 0, 2, together, 0);
            c.apply(b, 0, 1, apart, 0);
            c.apply(b, 1, 2, apart, cursor);
            assertThat(apart).containsExactly(together);
        }
        assertThat(correction(Compat.STRICT, true, true, HK).advance(PulseBatch.of(EventFixture.chunk(0, 1)), 5))
                .isEqualTo(5);
    }
}
