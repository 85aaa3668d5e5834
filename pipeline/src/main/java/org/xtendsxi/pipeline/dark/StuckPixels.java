// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.util.BitSet;
import org.xtendsxi.pipeline.kernel.Adc;

/** Follows which pixels were at a rail of the ADC in every frame. */
final class StuckPixels {
    private final Adc adc;
    private final boolean[] moved;

    StuckPixels(Adc adc, int pixels) {
        this.adc = adc;
        this.moved = new boolean[pixels];
    }

    void see(int pixel, int value) {
        moved[pixel] |= !adc.atRail(value);
    }

    BitSet result() {
        BitSet stuck = new BitSet();
        for (int i = 0; i < moved.length; i++) {
            if (!moved[i]) {
                stuck.set(i);
            }
        }
        return stuck;
    }
}
