// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

/**
 * A segment frame. Levels are in adu.
 *
 * @param dataset observation, mode and data class
 * @param time start of the cycle, s of mission time
 * @param ccd CCD_ID 0..3
 * @param segment SEGMENT 0..1
 * @param usable whether it was read out
 * @param even mean overclock of the ASIC of even RAWX
 * @param odd mean overclock of the ASIC of odd RAWX
 * @param noiseEven rms of the overclock, even RAWX
 * @param noiseOdd rms of the overclock, odd RAWX
 * @param events events extracted
 * @param saturated active pixels at the upper rail of the ADC
 * @param saturatedBlock most such pixels in a block of 80 rows
 * @param residual median over areas of the mean level left after bias and dark
 * @param leak highest of these areas above the median
 */
public record SegmentRow(String dataset, double time, int ccd, int segment, boolean usable, double even, double odd,
        double noiseEven, double noiseOdd, int events, int saturated, int saturatedBlock, double residual,
                double leak) {
}
