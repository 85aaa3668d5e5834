// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.FrameTiming;
import org.xtendsxi.pipeline.bias.BiasStage;
import org.xtendsxi.pipeline.dark.DarkStage;
import org.xtendsxi.pipeline.extraction.ExtractionStage;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/** A segment frame made by hand: flat bias, values set pixel by pixel. */
public final class HandFrame {
    /** Low layout with blank pixels on every side. */
    public static final FrameGeometry SMALL = new FrameGeometry(3, 320, 6, 2, 24, 1);

    private final FrameGeometry geometry;
    private final byte[] words;

    /** A frame with one value everywhere. */
    public HandFrame(FrameGeometry geometry, int value) {
        this.geometry = geometry;
        this.words = new byte[2 * geometry.pixels()];
        for (int i = 0; i < geometry.pixels(); i++) {
            at(i, value);
        }
    }

    private void at(int index, int value) {
        MemorySegment.ofArray(words).set(SegmentFrame.WORD, 2L * index, (short) (value - SegmentFrame.ZERO));
    }

    /** Sets every pixel of the frame, in readout order. */
    public HandFrame fill(IntUnaryOperator value) {
        for (int i = 0; i < geometry.pixels(); i++) {
            at(i, value.applyAsInt(i));
        }
        return this;
    }

    /** Sets an active pixel. */
    public HandFrame set(int rawX, int rawY, int value) {
        at(geometry.index(rawX, rawY), value);
        return this;
    }

    /** Sets overclock pixel k of a row of the frame. */
    public HandFrame over(int k, int row, int value) {
        at(row * geometry.width() + geometry.overStart() + k, value);
        return this;
    }

    /** Adds to an active pixel. */
    public HandFrame add(int rawX, int rawY, int value) {
        int i = geometry.index(rawX, rawY);
        at(i, MemorySegment.ofArray(words).get(SegmentFrame.WORD, 2L * i) + SegmentFrame.ZERO + value);
        return this;
    }

    /** The words. */
    public MemorySegment pixels() {
        return MemorySegment.ofArray(words);
    }

    /** The frame as a raw frame. */
    public SegmentFrame frame(int ccdId, int segment, int readNode) {
        return frame(ccdId, segment, readNode, FrameType.RAW, 1000, 7);
    }

    /** The frame. */
    public SegmentFrame frame(int ccdId, int segment, int readNode, FrameType type, double time, int number) {
        return new SegmentFrame(0, time, number, ccdId, segment, readNode, type, pixels());
    }

    /** A header: positive polarity, 12 bits, thresholds 40 and 15, full window. */
    public static FrameHeader header(FrameGeometry geometry) {
        return header(geometry, DataMode.WINDOW1, false);
    }

    /** A header of a mode; window modes have eight blocks. */
    public static FrameHeader header(FrameGeometry geometry, DataMode mode, boolean inverted) {
        FrameTiming timing = mode.timing();
        return new FrameHeader(geometry, 12, inverted, mode, mode.windowed() ? "CCD12" : "CCD", timing,
                mode.windowed() ? 455 : 1, geometry.rows() / timing.exposures(), new int[] {0, 1, 0, 1, 0, 1, 0, 1},
                filled(40), filled(15));
    }

    private static int[] filled(int value) {
        int[] a = new int[8];
        Arrays.fill(a, value);
        return a;
    }

    /** Parameters of a stage: defaults, overlaid with pairs of name and value. */
    public static Parameters parameters(StageSpec spec, String... pairs) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            given.put(pairs[i], pairs[i + 1]);
        }
        return Parameters.of(spec.id(), spec.parameters(), given);
    }

    /** Parameters of the bias stage. */
    public static Parameters bias(String... pairs) {
        return parameters(BiasStage.SPEC, pairs);
    }

    /** Parameters of the dark stage. */
    public static Parameters dark(String... pairs) {
        return parameters(DarkStage.SPEC, pairs);
    }

    /** Parameters of the extraction stage. */
    public static Parameters extraction(String... pairs) {
        return parameters(ExtractionStage.SPEC, pairs);
    }
}
