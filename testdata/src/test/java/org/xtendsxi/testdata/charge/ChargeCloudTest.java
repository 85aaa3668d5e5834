// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.charge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.TreeMap;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargeCloudTest {
    @ParameterizedTest
    @CsvSource({"0.11,10,20", "0.11,10.49999,20.5", "0.11,9.5,19.5", "0.3,7.3,7.7", "1.5,50.2,49.9", "0,10.4,20.4"})
    void noChargeIsLost(double sigma, double x, double y) {
        double[] sum = new double[3];
        new ChargeCloud(sigma).spread(x, y, 1600, (px, py, q) -> {
            sum[0] += q;
            sum[1] += q * px;
            sum[2] += q * py;
        });
        assertThat(sum[0]).isCloseTo(1600, within(1e-7));
    }

    @Test
    void everyPixelGetsItsIntegral() {
        TreeMap<String, Double> got = new TreeMap<>();
        new ChargeCloud(0.2).spread(10.3, 20.45, 1000, (px, py, q) -> got.merge(px + "," + py, q, Double::sum));
        double x = between(-0.8, 0.2);
        double y = between(-0.95, 0.05);
        assertThat(got.get("10,20")).isCloseTo(1000 * x * y, within(1e-9));
        assertThat(got.get("11,21")).isCloseTo(1000 * between(0.2, 1.2) * between(0.05, 1.05), within(1e-9));
    }

    /** Share of a cloud of 0.2 pixel between two distances from its centre. */
    private static double between(double low, double high) {
        return 0.5 * (Erf.erf(high / 0.2 / Math.sqrt(2)) - Erf.erf(low / 0.2 / Math.sqrt(2)));
    }

    @Test
    void withoutSpreadThePixelHitGetsAll() {
        new ChargeCloud(0).spread(10.49, 19.5, 77, (x, y, q) -> assertThat(new double[] {x, y, q})
                .containsExactly(10, 20, 77));
    }
}
