// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

/**
 * Output channels of equal width (energy-chain section 12.5); they count from 0.
 *
 * @param start lower edge of channel 0, keV
 * @param width width of a channel, keV
 * @param count number of channels
 */
record Channels(double start, double width, int count) {
    /** Written lower edge of channel 0 where it would be 0 keV, in widths of a channel. */
    private static final double FIRST_EDGE = 0.1;

    /** Lower edge, keV. */
    double low(int channel) {
        return start + channel * width;
    }

    /** Lower edge as EBOUNDS says it: never 0 keV. */
    double writtenLow(int channel) {
        return channel == 0 && start == 0 ? FIRST_EDGE * width : low(channel);
    }

    /** Upper edge, keV. */
    double high(int channel) {
        return low(channel) + width;
    }

    /** Centre, keV. */
    double centre(int channel) {
        return 0.5 * (low(channel) + high(channel));
    }

    /** Channel of an energy; the first or last one if it lies outside. */
    int of(double kev) {
        return (int) Math.clamp(Math.floor((kev - start) / width), 0.0, count - 1.0);
    }
}
