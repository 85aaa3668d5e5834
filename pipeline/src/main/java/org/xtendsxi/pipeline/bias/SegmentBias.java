// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bias;

import org.xtendsxi.pipeline.kernel.BiasLevel;

/**
 * Bias found for one segment frame.
 *
 * @param level levels to subtract, adu
 * @param even level of even RAWX, adu; the mean over rows if rows have their own
 * @param odd level of odd RAWX, adu
 * @param noiseEven rms about their level of the pixels neither railed nor ringing, even RAWX, adu
 * @param noiseOdd the same for odd RAWX
 * @param errorEven standard error of the level of even RAWX, adu; of the mean over rows if rows have their own
 * @param errorOdd the same for odd RAWX
 * @param used overclock pixels used
 * @param railed overclock pixels at a rail of the ADC; not used unless all are
 * @param ringing overclock pixels not used because they are far from the median
 */
public record SegmentBias(BiasLevel level, double even, double odd, double noiseEven, double noiseOdd,
        double errorEven, double errorOdd, int used, int railed, int ringing) {
    /** Whether every overclock pixel of a level was at a rail, so that the level is the rail itself. */
    public boolean atRail() {
        return used == 0;
    }
}
