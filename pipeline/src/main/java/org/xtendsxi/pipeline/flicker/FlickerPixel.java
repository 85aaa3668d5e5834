// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flicker;

/**
 * A flickering pixel, a row of the table PIXELS (section 10.4).
 *
 * @param start start of the time searched, s
 * @param stop end of the time searched, s
 * @param chip CCD_ID
 * @param x ACTX
 * @param y ACTY
 * @param counts events in the channels and grades searched
 * @param channel mean channel of these, cut to a whole number
 */
public record FlickerPixel(double start, double stop, int chip, int x, int y, int counts, int channel) {
}
