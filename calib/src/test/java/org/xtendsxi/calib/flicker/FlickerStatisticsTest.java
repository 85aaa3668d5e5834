// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.flicker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.pipeline.flicker.FlickerPixel;

/** Statistics of three observations by hand. */
@Tag("validation")
class FlickerStatisticsTest {
    @Test
    void observationsOfAPixelAreGathered() {
        FlickerStatistics all = new FlickerStatistics();
        all.add(List.of(new FlickerPixel(0, 100, 3, 7, 8, 10, 50), new FlickerPixel(0, 100, 0, 1, 2, 4, 60)), 0, 100);
        all.add(List.of(), 200, 100);
        all.add(List.of(new FlickerPixel(400, 600, 3, 7, 8, 30, 90)), 400, 200);
        assertThat(all.observations()).isEqualTo(3);
        assertThat(all.perObservation()).containsExactly(2, 0, 1);
        assertThat(all.pixels()).hasSize(2);
        FlickerStatistics.Pixel p = all.pixels().getLast();
        assertThat(p.observations()).isEqualTo(2);
        assertThat(p.rate()).isEqualTo(40 / 300.0);
        assertThat(p.meanChannel()).isEqualTo((10 * 50 + 30 * 90) / 40.0);
        assertThat(List.of(p.first(), p.last())).containsExactly(0.0, 600.0);
    }
}
