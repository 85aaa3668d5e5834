// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.config;

import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * The CCDs and their electronics (frames-and-science sections 1 and 4.3).
 *
 * @param geometry layout of a frame; blank pixels are ours, the flight sizes are not public
 * @param readNoise noise of a pixel, channels
 * @param fano Fano factor
 * @param pairEnergy energy per electron-hole pair, eV
 * @param gain energy per ADU, eV, of both ASICs of every segment
 * @param cloudSigma radius (1 sigma) of the charge cloud, pixels
 * @param adcBits bits of the ADC
 * @param inverted pulse heights fall with charge
 * @param biasMean mean bias level, adu
 * @param biasSpread half width of the differences between segments and ASICs, adu
 * @param darkMean mean dark level in a full-window exposure, adu
 * @param darkSpread standard deviation of the dark level between pixels, adu
 * @param hotPerSegment hot pixels of a segment
 * @param hotLow lowest level of a hot pixel, adu
 * @param hotHigh highest level of a hot pixel, adu; levels are distributed evenly in their logarithm
 * @param activeNode ACTVNODE, eight values
 * @param eventThreshold EVENTTHR, channels
 * @param splitThreshold SPLITTHR, channels
 * @param defects sizes of the effects that are off by default
 */
public record DetectorModel(FrameGeometry geometry, double readNoise, double fano, double pairEnergy, double gain,
        double cloudSigma, int adcBits, boolean inverted, double biasMean, double biasSpread, double darkMean,
        double darkSpread, int hotPerSegment, double hotLow, double hotHigh, int[] activeNode, int eventThreshold,
        int splitThreshold, Defects defects) {

    /** The model of frames-and-science section 4.3, nodes A and C. */
    public static DetectorModel standard() {
        FrameGeometry g = new FrameGeometry(4, Sxi.RAW_COLUMNS, 16, 0, Sxi.RAW_ROWS, 8);
        return new DetectorModel(g, 5.4, 0.115, 3.65, 6.15, 0.110, 12, false, 1000, 60, 6, 1.5, 3, 30, 2000,
                new int[] {0, 1, 0, 1, 0, 1, 0, 1}, 40, 15, Defects.standard());
    }

    /** The same detector with another layout of its frames. */
    public DetectorModel withGeometry(FrameGeometry g) {
        return new DetectorModel(g, readNoise, fano, pairEnergy, gain, cloudSigma, adcBits, inverted, biasMean,
                biasSpread, darkMean, darkSpread, hotPerSegment, hotLow, hotHigh, activeNode, eventThreshold,
                splitThreshold, defects);
    }

    /** The same detector with another noise, cloud and node set. */
    public DetectorModel with(double noise, double cloud, int[] nodes) {
        return new DetectorModel(geometry, noise, fano, pairEnergy, gain, cloud, adcBits, inverted, biasMean,
                biasSpread, darkMean, darkSpread, hotPerSegment, hotLow, hotHigh, nodes, eventThreshold,
                splitThreshold, defects);
    }

    /** The same detector with the other polarity. */
    public DetectorModel withInverted(boolean value) {
        return new DetectorModel(geometry, readNoise, fano, pairEnergy, gain, cloudSigma, adcBits, value, biasMean,
                biasSpread, darkMean, darkSpread, hotPerSegment, hotLow, hotHigh, activeNode, eventThreshold,
                splitThreshold, defects);
    }

    /** The same detector with other sizes of the effects that are off by default. */
    public DetectorModel withDefects(Defects d) {
        return new DetectorModel(geometry, readNoise, fano, pairEnergy, gain, cloudSigma, adcBits, inverted, biasMean,
                biasSpread, darkMean, darkSpread, hotPerSegment, hotLow, hotHigh, activeNode, eventThreshold,
                splitThreshold, d);
    }

    /** Pulse height of one electron, channels. */
    public double aduPerElectron() {
        return pairEnergy / gain;
    }

    /** Highest value of the ADC. */
    public int adcMax() {
        return (1 << adcBits) - 1;
    }
}
