// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineTallyTest {
    @Test
    void recoversMeanAndWidthOfACoreWithATail() {
        LineTally t = new LineTally();
        Random r = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            t.add(i % 2 == 0 ? 0 : 6, 7 + 72 * r.nextGaussian());
        }
        for (int i = 0; i < 500; i++) {
            t.add(6, -1000 + i);
        }
        assertThat(t.events()).isEqualTo(50_500);
        assertThat(t.share(0)).isCloseTo(25_000 / 50_500.0, within(1e-12));
        assertThat(t.share(2, 6)).isCloseTo(25_500 / 50_500.0, within(1e-12));
        assertThat(t.mean()).isCloseTo(7, within(1.5));
        // cutting at three standard deviations narrows a Gaussian by 1.3 per cent
        assertThat(t.width()).isCloseTo(2.3548 * 72, within(4.0));
    }
}
