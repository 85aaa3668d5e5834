// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The frame of one CCD segment in one 4-second cycle: a row of table FRAMES.
 *
 * <p>Pixels are kept as the file stores them, so that nothing is decoded before it is needed: 16-bit words, big-endian,
 * signed, the unsigned pixel value being {@code stored + 32768} (TZERO).
 *
 * @param row position in the table, from 0
 * @param time start of the cycle, s of mission time
 * @param number FRAMENUM, the cycle
 * @param ccdId 0..3
 * @param segment 0..1
 * @param readNode 0..1
 * @param type raw or dark
 * @param pixels {@code 2 * geometry.pixels()} bytes
 */
public record SegmentFrame(long row, double time, int number, int ccdId, int segment, int readNode, FrameType type,
        MemorySegment pixels) {
    /** TZERO of the PIXELS column. */
    public static final int ZERO = 32768;
    /** A stored pixel word. */
    public static final ValueLayout.OfShort WORD = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);

    /** Unsigned value of a pixel, 0..65535, at a position of {@link FrameGeometry}. */
    public int pixel(int index) {
        return pixels.get(WORD, 2L * index) + ZERO;
    }
}
