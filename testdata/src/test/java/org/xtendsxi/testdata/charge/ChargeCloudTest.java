// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.charge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.random.Streams;

class ChargeCloudTest {
    @ParameterizedTest
    @CsvSource({"0.110, 5.0, 7.0", "0.110, 5.49, 6.51", "0.2, 1.31, 640.49", "0.05, 3.5, 3.5", "0, 4.4, 4.6"})
    void allChargeStays(double sigma, double x, double y) {
        double[] sum = new double[1];
        new ChargeCloud(sigma).spread(x, y, 1615, (i, j, q) -> sum[0] += q);
        assertThat(sum[0]).isCloseTo(1615, within(1e-9 * 1615));
    }

    @Test
    void sharesAreTheIntegralOfTheGaussian() {
        double sigma = 0.110;
        double centre = 10.42;
        double[] shares = new ChargeCloud(sigma).shares(centre);
        int first = 10 - new ChargeCloud(sigma).reach();
        for (int k = 0; k < shares.length; k++) {
            double from = first + k - 0.5 - centre;
            assertThat(shares[k]).isCloseTo(integral(sigma, from, from + 1), within(1e-6));
        }
    }

    /** Trapezoidal rule. */
    private static double integral(double sigma, double from, double to) {
        int n = 20000;
        double step = (to - from) / n;
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            double x = (from + i * step) / sigma;
            sum += (i == 0 || i == n ? 0.5 : 1) * Math.exp(-0.5 * x * x);
        }
        return sum * step / (sigma * Math.sqrt(2 * Math.PI));
    }

    @Test
    void cloudOnACornerIsSharedEvenly() {
        Map<String, Double> pixels = new HashMap<>();
        new ChargeCloud(0.110).spread(20.5, 30.5, 1000, (x, y, q) -> pixels.put(x + "," + y, q));
        for (String p : new String[] {"20,30", "21,30", "20,31", "21,31"}) {
            assertThat(pixels.get(p)).isCloseTo(250, within(1e-6));
        }
    }

    @Test
    void electronsFollowFano() {
        PairCreation pairs = PairCreation.of(DetectorModel.standard(), true);
        var random = Streams.of(5, Streams.Purpose.CHARGE, 1);
        double[] n = new double[40000];
        Arrays.setAll(n, i -> pairs.electrons(5895, random));
        double mean = Arrays.stream(n).average().orElseThrow();
        double variance = Arrays.stream(n).map(v -> (v - mean) * (v - mean)).sum() / n.length;
        double expected = 5895 / 3.65;
        assertThat(mean).isCloseTo(expected, within(5 * Math.sqrt(0.115 * expected / n.length)));
        assertThat(variance).isCloseTo(0.115 * expected + 1 / 12.0,
                within(5 * 0.115 * expected * Math.sqrt(2.0 / n.length)));
        assertThat(PairCreation.of(DetectorModel.standard(), false).electrons(7300, random)).isEqualTo(2000);
    }
}
