// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.pixel;

/**
 * A row of a pixel list.
 *
 * @param time from when it is valid (BADPIX), when it was found (HOTPIX), or START of its interval (PIXELS), s
 * @param ccd CCD_ID, 0..3
 * @param actX ACTX, 1..640
 * @param actY ACTY of the pixel or of the lowest pixel of a column, 1..640
 * @param extent YEXTEND, pixels along ACTY; 1 for single pixels
 */
public record PixelEntry(double time, int ccd, int actX, int actY, int extent) {
}
