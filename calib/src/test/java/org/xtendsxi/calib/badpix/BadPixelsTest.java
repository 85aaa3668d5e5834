// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.badpix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.pixel.CcdPixel;
import org.xtendsxi.caldb.pixel.PixelEntry;

/** Bright pixels and dead columns of a map of events made here. */
@Tag("validation")
class BadPixelsTest {
    private static final int CCD = 2;
    private static final int EVENTS = 800_000;

    private static EventMap map() {
        Random random = new Random(3);
        EventMap map = new EventMap();
        for (int i = 0; i < EVENTS; i++) {
            int x = 1 + random.nextInt(640);
            int y = 1 + random.nextInt(640);
            // column 100 is dead in rows 129 to 256
            if (x != 100 || y < 129 || y > 256) {
                map.add(CCD, x, y);
            }
        }
        for (int i = 0; i < 30; i++) {
            map.add(CCD, 300, 400);
        }
        return map;
    }

    @Test
    void chanceMakesNoBrightPixel() {
        EventMap map = map();
        BitSet bright = map.bright(CCD, -9);
        assertThat(bright.stream()).containsExactly(CcdPixel.index(299, 399));
        assertThat(map.bright(0, -9).isEmpty()).as("a CCD without events").isTrue();
    }

    @Test
    void deadStretchesAreFoundWhereOthersHaveEvents() {
        BitSet[] dead = map().dead(CCD, -9, y -> true);
        for (int x = 0; x < 640; x++) {
            assertThat(dead[x].stream()).as("column %d", x + 1)
                    .containsExactly(x == 99 ? new Integer[] {2, 3} : new Integer[0]);
        }
    }

    @Test
    void columnsWithManyPixelsBecomeOneEntry() {
        BadPixels bad = new BadPixels();
        bad.add(1, 10, 20);
        for (int y = 100; y < 140; y += 2) {
            bad.add(1, 50, y);
        }
        List<PixelEntry> list = bad.list(7, 20);
        assertThat(list).containsExactly(new PixelEntry(7, 1, 10, 20, 1), new PixelEntry(7, 1, 50, 100, 39));
        assertThat(bad.list(7, 21)).as("one fewer than a column needs").hasSize(21);
    }
}
