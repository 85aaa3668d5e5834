// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;

/**
 * The active pixels of a segment frame together with their bias and dark, still as words of the file.
 *
 * <p>Nothing is decoded before it is asked for; the memory belongs to the reader of the frame.
 */
public final class PixelPlane {
    /** Largest pulse height; the smallest is its negative (contract, section 3). */
    public static final int LIMIT = 32767;

    private final MemorySegment pixels;
    private final FrameGeometry geometry;
    private final Adc adc;
    private final BiasLevel bias;
    private final DarkLevel dark;

    /**
     * Puts a frame and its levels together.
     *
     * @param pixels big-endian words with offset {@link SegmentFrame#ZERO}, all of the frame
     * @param geometry layout of the frame
     * @param adc meaning of the words
     * @param bias levels from the overclock
     * @param dark levels above the bias, active pixels only
     */
    public PixelPlane(MemorySegment pixels, FrameGeometry geometry, Adc adc, BiasLevel bias, DarkLevel dark) {
        if (pixels.byteSize() != 2L * geometry.pixels() || dark.pixels() != geometry.active() * geometry.rows()) {
            throw new IllegalArgumentException(pixels.byteSize() + " bytes, " + dark.pixels() + " dark levels, "
                    + geometry);
        }
        this.pixels = pixels;
        this.geometry = geometry;
        this.adc = adc;
        this.bias = bias;
        this.dark = dark;
    }

    /** Words of the frame. */
    public MemorySegment pixels() {
        return pixels;
    }

    /** Layout of the frame. */
    public FrameGeometry geometry() {
        return geometry;
    }

    /** Meaning of the words. */
    public Adc adc() {
        return adc;
    }

    /** Bias of the frame. */
    public BiasLevel bias() {
        return bias;
    }

    /** Dark of the segment. */
    public DarkLevel dark() {
        return dark;
    }

    /** Pulse height of an active pixel: floor(pixel - bias - dark + 0.5), limited to ±32767. */
    public int height(int rawX, int rawY) {
        int word = pixels.get(SegmentFrame.WORD, 2L * geometry.index(rawX, rawY));
        int value = adc.value(word + SegmentFrame.ZERO);
        double h = value - bias.at(rawY, rawX & 1) - dark.at(rawY * geometry.active() + rawX) + 0.5;
        // the cast of a double to int stops at the ends of int
        return Math.clamp((int) Math.floor(h), -LIMIT, LIMIT);
    }
}
