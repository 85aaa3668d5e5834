// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import org.xtendsxi.caldb.frame.FrameHeader;

/**
 * Meaning of a pixel word (ADCBITS and POLARITY of the frame header).
 *
 * @param bits bits of the ADC, 1..16
 * @param inverted pulse heights fall with charge; {@link #value} turns them round
 */
public record Adc(int bits, boolean inverted) {
    /** The ADC of a frame file. */
    public static Adc of(FrameHeader header) {
        return new Adc(header.adcBits(), header.inverted());
    }

    /** Highest output, adu; the lowest is 0. */
    public int max() {
        return (1 << bits) - 1;
    }

    /**
     * Pixel value that rises with charge.
     *
     * @param unsigned pixel as read, 0..65535
     * @return adu
     */
    public int value(int unsigned) {
        return inverted ? max() - unsigned : unsigned;
    }

    /** Whether a value (of either polarity) is at a rail of the ADC. */
    public boolean atRail(int value) {
        return value <= 0 || value >= max();
    }
}
