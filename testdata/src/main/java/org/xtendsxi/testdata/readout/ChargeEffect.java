// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import org.xtendsxi.testdata.charge.ChargeImage;

/** What happens to the charge of a segment between the exposure and the ADC; immutable and used by all threads. */
@FunctionalInterface
interface ChargeEffect {
    /**
     * Changes the charge.
     *
     * @param cycle number of the cycle
     * @param charge electrons, as the pixels would show them without the effect
     */
    void apply(int cycle, ChargeImage charge);
}
