// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.downlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Order statistics of latencies, and which cycle was the slowest. */
@Tag("non-regression")
class LatenciesTest {
    @Test
    void tellsTheSlowestCycleAndTheFirst() {
        Latencies t = new Latencies(List.of(0.5, 0.1, 2.0, 0.2, 2.0));
        assertThat(t.slowest()).isEqualTo(3);
        assertThat(t.of(1)).isEqualTo(0.5);
        assertThat(t.of(t.slowest())).isEqualTo(2);
        assertThat(t.quantile(0.5)).isEqualTo(0.5);
        assertThat(t.quantile(0)).isEqualTo(0.1);
        assertThat(t.quantile(1)).isEqualTo(2);
    }

    @Test
    void aQuantileIsTheSmallestValueThatSoManyDoNotExceed() {
        Latencies t = new Latencies(IntStream.rangeClosed(1, 20).mapToObj(i -> (double) i).toList());
        assertThat(t.quantile(0.95)).isEqualTo(19);
        assertThat(t.quantile(0.951)).isEqualTo(20);
    }
}
