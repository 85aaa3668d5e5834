// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.pipeline.frames.HandFrame;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;

/** Darks that follow the frames against hand values, a plain second implementation, and each other's bits. */
class FollowingDarkTest {
    private static final FrameGeometry G = new FrameGeometry(1, 320, 2, 0, 3, 0);
    private static final Adc ADC = new Adc(12, false);
    private static final BiasLevel BIAS = BiasLevel.ofFrame(1000.5, 1001);
    private static final int PIXEL = 320 + 5;

    private static DarkSettings settings(String... pairs) {
        return DarkSettings.of(HandFrame.dark(pairs));
    }

    /** Level 10 and noise 2 everywhere. */
    private static DarkMap begin(FrameGeometry g) {
        double[] level = new double[g.active() * g.rows()];
        double[] noise = new double[level.length];
        Arrays.fill(level, 10);
        Arrays.fill(noise, 2);
        return DarkMap.of(level, noise, new BitSet(), 100, 9, "trimmed");
    }

    private static void give(FollowingDark d, int... values) {
        for (int v : values) {
            // 1011 is 10.5 above the bias of even columns and 10 above that of odd ones
            d.accept(new HandFrame(G, 1011).set(5, 1, v).pixels(), BIAS);
        }
    }

    private static double level(FollowingDark d) {
        return d.result().level().at(PIXEL);
    }

    @Test
    void runningUpdateByHand() {
        RunningUpdate d = new RunningUpdate(G, ADC, settings("weight", "0.25", "high", "20", "low", "8", "hot", "10.2"),
                begin(G));
        give(d, 1015);
        assertThat(level(d)).as("10 + (14-10)/4").isEqualTo(11);
        assertThat(d.result().noise()[PIXEL]).as("row 1 waits for the fourth frame").isEqualTo(2);
        assertThat(d.result().noise()[0]).as("row 0: 0.75*(4 + 0.25/4)")
                .isCloseTo(Math.sqrt(0.75 * 4.0625), within(1e-6));
        // even columns went from 10 to 10.125
        assertThat(d.counts()).isEqualTo(new DarkCounts(0, 0, 960, 1));
        give(d, 1033);
        assertThat(d.counts()).as("32 is 21 above").isEqualTo(new DarkCounts(1, 0, 959, 481));
        assertThat(level(d)).isEqualTo(11);
        give(d, 1004);
        assertThat(level(d)).as("3 is exactly 8 below: update").isEqualTo(9);
        give(d, 1001);
        assertThat(level(d)).as("0 is 9 below: replace").isZero();
        assertThat(d.counts().replace()).isOne();
        assertThat(d.result().noise()[PIXEL]).as("a replaced value says nothing of the noise").isEqualTo(2);
        assertThat(d.frames()).isEqualTo(4);
        assertThat(d.result().frames()).isEqualTo(13);
        give(d, 1001, 1001, 1001, 1005);
        assertThat(d.result().noise()[PIXEL]).as("0.75*(4 + 16/4)").isCloseTo(Math.sqrt(6), within(1e-6));
    }

    @Test
    void railsAreNeverTaken() {
        for (String method : List.of("running", "rollmean", "rollmedian")) {
            FollowingDark d = settings("method", method, "frames", "3", "high", "65535", "low", "0")
                    .follow(G, ADC, begin(G))
                    .orElseThrow();
            give(d, 4095, 0, 4095, 4095);
            assertThat(level(d)).as(method).isEqualTo(10);
            assertThat(d.counts().reject()).as(method).isOne();
        }
    }

    @Test
    void rollingMeanByHand() {
        RollingMean d = new RollingMean(G, ADC, settings("frames", "3", "high", "20", "low", "8"), begin(G));
        give(d, 1014);
        assertThat(level(d)).as("13 and twice the 10 of before").isEqualTo(11);
        assertThat(d.result().noise()[PIXEL]).as("4 of the value, twice 2^2").isCloseTo(2, within(1e-12));
        give(d, 1014, 1017);
        assertThat(level(d)).isEqualTo(14);
        give(d, 1036);
        assertThat(level(d)).as("35 is 21 above: 13 and 16 stay").isEqualTo(14.5);
        assertThat(d.counts().reject()).isOne();
        give(d, 1017);
        assertThat(level(d)).as("16 and 16").isEqualTo(16);
        give(d, 1008);
        assertThat(level(d)).as("7 is 9 below: begins anew").isEqualTo(7);
        give(d, 1010);
        assertThat(level(d)).isEqualTo(8);
    }

    @Test
    void aPixelWithoutAnyValueKeepsItsLevel() {
        RollingMedian d = new RollingMedian(G, ADC, settings("frames", "2", "high", "20"), begin(G));
        give(d, 1012, 1012, 2000, 2000, 2000);
        assertThat(level(d)).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource({"rollmean, 4", "rollmedian, 4", "rollmedian, 5", "rollmedian, 1"})
    void rollingLikeKeepingLists(String method, int frames) {
        FollowingDark d = settings("method", method, "frames", "" + frames, "high", "12", "low", "12")
                .follow(G, ADC, begin(G))
                .orElseThrow();
        SplittableRandom r = new SplittableRandom(frames);
        List<Double> window = new ArrayList<>();
        IntStream.range(0, frames).forEach(k -> window.add(10.0));
        double level = 10;
        for (int n = 0; n < 60; n++) {
            int value = 1011 + r.nextInt(-9, 10) + (r.nextInt(6) == 0 ? r.nextInt(-20, 40) : 0);
            give(d, value);
            double v = value - 1001;
            // lists hold NaN where a value was not taken; replaced ones become those of before
            window.removeFirst();
            if (v - level > 12) {
                window.add(Double.NaN);
            } else if (v - level < -12) {
                int initial = Math.max(0, frames - n - 1);
                for (int k = 0; k < window.size(); k++) {
                    window.set(k, k < initial ? v : Double.NaN);
                }
                window.add(v);
            } else {
                window.add(v);
            }
            double[] there = window.stream().mapToDouble(x -> x).filter(x -> !Double.isNaN(x)).sorted().toArray();
            if (there.length > 0) {
                level = method.equals("rollmean") ? Arrays.stream(there).average().orElseThrow()
                        : (there[(there.length - 1) / 2] + there[there.length / 2]) / 2;
            }
            assertThat(level(d)).as("frame " + n).isCloseTo(level, within(1e-5));
            level = level(d);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "rollmean", "rollmedian"})
    void levelsGivenOutStayAsTheyAre(String method) {
        FollowingDark d = settings("method", method, "frames", "3").follow(G, ADC, begin(G)).orElseThrow();
        LevelBuffer first = d.hold();
        LevelBuffer again = d.hold();
        give(d, 1020, 1020, 1020);
        assertThat(first.view().at(PIXEL)).isEqualTo(10);
        first.release();
        give(d, 1020, 1020, 1020);
        assertThat(again.view().at(PIXEL)).as("one holder is left").isEqualTo(10);
        again.release();
        assertThat(d.hold().view().at(PIXEL)).isGreaterThan(11);
    }

    @ParameterizedTest
    @CsvSource({"1, 12, false", "7, 12, true", "15, 16, false", "16, 16, true", "17, 12, false", "33, 12, true",
        "320, 12, false", "320, 16, true"})
    void vectorsGiveTheBitsOfPlainJava(int width, int bits, boolean inverted) {
        FrameGeometry g = new FrameGeometry(3, width, 2, 1, 9, 0);
        Adc adc = new Adc(bits, inverted);
        SplittableRandom r = new SplittableRandom(width + bits);
        double[] level = r.doubles((long) width * g.rows(), -40, 60).toArray();
        double[] noise = r.doubles((long) width * g.rows(), 0, 8).toArray();
        DarkMap begin = DarkMap.of(level, noise, new BitSet(), 100, 1, "trimmed");
        RunningUpdate plain = new RunningUpdate(g, adc, settings("weight", "0.3"), begin,
                new RowUpdate.ScalarRowUpdate());
        RunningUpdate vector = new RunningUpdate(g, adc, settings("weight", "0.3"), begin, new VectorRowUpdate());
        int max = adc.max();
        for (int n = 0; n < 12; n++) {
            HandFrame f = new HandFrame(g, 0).fill(i -> switch (r.nextInt(40)) {
                case 0 -> 0;
                case 1 -> max;
                case 2 -> r.nextInt(max + 1);
                default -> (inverted ? max - 1000 : 1000) + r.nextInt(-35, 36);
            });
            double[] rows = r.doubles(2L * g.rows(), 960, 1040).toArray();
            BiasLevel bias = n % 2 == 0 ? BiasLevel.ofRows(rows) : BiasLevel.ofFrame(rows[0], rows[1]);
            MemorySegment pixels = f.pixels();
            plain.accept(pixels, bias);
            vector.accept(pixels, bias);
            assertThat(vector.counts()).isEqualTo(plain.counts());
            assertThat(vector.hold().level()).isEqualTo(plain.hold().level());
            assertThat(vector.hold().floors()).isEqualTo(plain.hold().floors());
            assertThat(vector.result().noise()).isEqualTo(plain.result().noise());
        }
        float[] now = plain.hold().level();
        short[] floors = plain.hold().floors();
        for (int i = 0; i < now.length; i++) {
            assertThat((int) floors[i]).isEqualTo((int) Math.floor(now[i]));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 13, 21, 64, 101})
    void rowSortSortsEveryList(int n) {
        SplittableRandom r = new SplittableRandom(n);
        double[][] v = new double[n][50];
        double[][] lists = new double[50][n];
        for (int k = 0; k < n; k++) {
            for (int x = 0; x < 50; x++) {
                v[k][x] = r.nextInt(9) == 0 ? Double.POSITIVE_INFINITY : r.nextInt(20);
                lists[x][k] = v[k][x];
            }
        }
        RowSort.sort(v, n);
        for (int x = 0; x < 50; x++) {
            Arrays.sort(lists[x]);
            int column = x;
            assertThat(Arrays.stream(v).mapToDouble(row -> row[column]).toArray()).isEqualTo(lists[x]);
        }
    }
}
