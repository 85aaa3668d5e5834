// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;

/**
 * The limits that decide what a new value means for the dark level of a pixel, and the way from words of the file to
 * values above the bias, in single precision (frames-and-science section 2.3).
 *
 * <p>Bias and zero are put together before they are rounded, and their whole part is added in whole numbers, so a value
 * is right to 2^-24 of itself whatever the bias.
 *
 * @param adc meaning of the words
 * @param high highest distance above the level that is taken, adu
 * @param low largest distance below the level that is taken, adu
 * @param hot level above which a pixel is hot, adu
 */
record DarkRule(Adc adc, float high, float low, float hot) {
    /** Lowest level kept: below it a level has no meaning, for pulse heights end at -32767. */
    static final float LOWEST = Short.MIN_VALUE;

    DarkRule(Adc adc, DarkSettings settings) {
        this(adc, (float) settings.high(), (float) settings.low(), (float) settings.hot());
    }

    /** What joins a word to its value: value = sign*word + zero - bias. */
    private double offset(BiasLevel bias, int rawY, int parity) {
        return (adc.inverted() ? adc.max() - SegmentFrame.ZERO : SegmentFrame.ZERO) - bias.at(rawY, parity);
    }

    /** Whole part of the offset of a row. */
    int whole(BiasLevel bias, int rawY, int parity) {
        return (int) Math.floor(offset(bias, rawY, parity));
    }

    /** The rest of the offset, 0..1. */
    float rest(BiasLevel bias, int rawY, int parity) {
        double o = offset(bias, rawY, parity);
        return (float) (o - Math.floor(o));
    }

    /** Value of a word above the bias, adu. */
    float value(int word, int whole, float rest) {
        return (adc.inverted() ? whole - word : word + whole) + rest;
    }

    /** Lowest word at the upper rail of the ADC; the only one at the lower rail is -32768. */
    int topWord() {
        return adc.max() - SegmentFrame.ZERO;
    }

    /** Whether a word, of either polarity, is at a rail. */
    boolean rail(int word) {
        return word <= -SegmentFrame.ZERO || word >= topWord();
    }
}
