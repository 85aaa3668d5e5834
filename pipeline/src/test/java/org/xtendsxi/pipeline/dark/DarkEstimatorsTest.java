// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.pipeline.frames.HandFrame;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;

/** Dark estimators against hand values and against sorting all frames. */
class DarkEstimatorsTest {
    private static final FrameGeometry G = new FrameGeometry(1, 320, 2, 0, 3, 0);
    private static final Adc ADC = new Adc(12, false);

    private static DarkSettings settings(String... pairs) {
        return DarkSettings.of(HandFrame.dark(pairs));
    }

    private static DarkMap run(DarkEstimator a, int... pixelValues) {
        for (int v : pixelValues) {
            a.accept(new HandFrame(G, 1010).set(5, 1, v).pixels(), BiasLevel.ofFrame(1000.5, 1001));
        }
        return a.result();
    }

    @Test
    void trimmedMeanByHand() {
        // pixel (5, 1) is odd: bias 1001; of 9, 11, 10, 99, 12, 13, -1 the lowest and highest go
        DarkMap m = run(new TrimmedMean(G, ADC, settings("trim", "1", "hot", "9.2")),
                1010, 1012, 1011, 1100, 1013, 1014, 1000);
        assertThat(m.level().at(320 + 5)).isEqualTo(11);
        assertThat(m.noise()[320 + 5]).isCloseTo(Math.sqrt(2), within(1e-9));
        assertThat(m.level().at(0)).isEqualTo(9.5);
        assertThat(m.noise()[0]).as("zero variance").isCloseTo(0, within(1e-5));
        assertThat(m.frames()).isEqualTo(7);
        assertThat(m.hot().get(0)).isTrue();
        assertThat(m.hot().get(1)).isFalse();
        assertThat(m.hot().get(320 + 5)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 20})
    void trimmedMeanLikeSortingAllFrames(int frames) {
        SplittableRandom r = new SplittableRandom(frames);
        int[] v = r.ints(frames, 1000, 1012).toArray();
        DarkMap m = run(new TrimmedMean(G, ADC, settings("trim", "3")), v);
        double[] sorted = Arrays.stream(v).mapToDouble(i -> i - 1001).sorted().toArray();
        int drop = Math.min(3, (frames - 1) / 2);
        double[] kept = Arrays.copyOfRange(sorted, drop, frames - drop);
        double mean = Arrays.stream(kept).average().orElseThrow();
        assertThat(m.level().at(320 + 5)).isCloseTo(mean, within(1e-12));
        double variance = Arrays.stream(kept).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        assertThat(m.noise()[320 + 5]).isCloseTo(Math.sqrt(variance), within(1e-6));
    }

    @Test
    void trimZeroIsThePlainMean() {
        assertThat(run(new TrimmedMean(G, ADC, settings("trim", "0")), 1001, 1002, 1009).level().at(325)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"3, 4.0", "4, 5.0", "2, 3.5"})
    void medianOfTheFirstFrames(int frames, double expected) {
        FrameMedian a = new FrameMedian(G, ADC, settings("frames", String.valueOf(frames)));
        DarkMap m = run(a, 1004, 1005, 2000, 1007, 1001, 1001, 1001);
        assertThat(a.frames()).isEqualTo(frames);
        assertThat(a.full()).isTrue();
        assertThat(m.level().at(325)).isEqualTo(expected);
    }

    @Test
    void medianKeepsItsOwnCopy() {
        HandFrame f = new HandFrame(G, 1010);
        FrameMedian a = new FrameMedian(G, ADC, settings());
        a.accept(f.pixels(), BiasLevel.ofFrame(1000, 1000));
        f.fill(i -> 0);
        assertThat(a.full()).isFalse();
        assertThat(a.result().level().at(0)).isEqualTo(10);
    }

    @Test
    void biasOfEachFrameIsTakenOff() {
        for (DarkEstimator a : new DarkEstimator[] {new TrimmedMean(G, ADC, settings()),
            new FrameMedian(G, ADC, settings())}) {
            double[] rows = {900, 901, 910, 911, 920, 921};
            a.accept(new HandFrame(G, 1000).pixels(), BiasLevel.ofRows(rows));
            DarkMap m = a.result();
            assertThat(m.level().at(0)).isEqualTo(100);
            assertThat(m.level().at(321)).isEqualTo(89);
            assertThat(m.level().at(640)).isEqualTo(80);
        }
    }

    @Test
    void stuckIsAtARailInEveryFrameWhateverTheVariance() {
        for (DarkEstimator a : new DarkEstimator[] {new TrimmedMean(G, ADC, settings()),
            new FrameMedian(G, ADC, settings())}) {
            for (int n = 0; n < 3; n++) {
                a.accept(new HandFrame(G, 1010).set(1, 0, 4095).set(2, 0, 0).set(3, 0, n == 1 ? 4094 : 4095)
                        .set(4, 0, n == 1 ? 0 : 4095).pixels(), BiasLevel.ofFrame(1000, 1000));
            }
            assertThat(a.result().stuck().stream().toArray()).containsExactly(1, 2, 4);
        }
    }

    @Test
    void invertedFramesGiveTheSameDark() {
        TrimmedMean a = new TrimmedMean(G, new Adc(12, true), settings());
        a.accept(new HandFrame(G, 4095 - 1010).pixels(), BiasLevel.ofFrame(1000, 1004));
        assertThat(a.result().level().at(0)).isEqualTo(10);
        assertThat(a.result().level().at(1)).isEqualTo(6);
    }
}
