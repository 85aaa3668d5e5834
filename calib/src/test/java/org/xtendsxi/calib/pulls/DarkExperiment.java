// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.pulls;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.FrameWriter;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.calib.common.Pulls;
import org.xtendsxi.pipeline.bench.EventMaker;

/**
 * Dark frames of two segments: a bias that differs from frame to frame, a dark level of each pixel, normal noise, a few
 * hot pixels, and some pixels whose noise is ten times that of the others.
 *
 * @param seed seed
 */
record DarkExperiment(long seed) implements Study.Experiment {
    private static final FrameGeometry G = new FrameGeometry(4, 320, 16, 2, 640, 4);
    private static final int FRAMES = 24;
    private static final int SEGMENTS = 2;
    private static final double NOISE = 5.4;
    private static final double LEVEL = 6;
    private static final double SCATTER = 1.5;
    private static final int NOISY = 997;
    private static final int HOT = 20_011;

    private static FrameHeader header() {
        int[] forty = new int[8];
        Arrays.fill(forty, 40);
        return new FrameHeader(G, 12, false, DataMode.WINDOW1, "CCD", DataMode.WINDOW1.timing(), 1, 640,
                new int[] {0, 1, 0, 1, 0, 1, 0, 1}, forty, forty);
    }

    @Override
    public List<String> write(Path file) {
        RandomGenerator random = Pulls.random(seed);
        MemorySegment pixels = MemorySegment.ofArray(new byte[2 * G.pixels()]);
        try (FrameWriter w = new FrameWriter(file, header(), EventMaker.keywords(0))) {
            for (int f = 0; f < FRAMES * SEGMENTS; f++) {
                double bias = 1000 + 3 * random.nextGaussian();
                for (int i = 0; i < G.pixels(); i++) {
                    double wide = i % NOISY == 0 ? 10 : 1;
                    double v = bias + level(i) + wide * NOISE * random.nextGaussian();
                    pixels.set(SegmentFrame.WORD, 2L * i, (short) (Math.round(v) - SegmentFrame.ZERO));
                }
                w.accept(new SegmentFrame(f, CameraEvents.START + 4.0 * (f / SEGMENTS), f / SEGMENTS, 0, f % SEGMENTS,
                        f % SEGMENTS, FrameType.DARK, pixels));
            }
            w.commit();
        }
        return List.of();
    }

    /** Dark level of a pixel; the same of all lists, none outside the imaging area. */
    private static double level(int index) {
        int x = index % G.width() - G.under();
        int y = index / G.width() - G.vUnder();
        boolean active = x >= 0 && x < G.active() && y >= 0 && y < G.rows();
        return !active ? 0 : index % HOT == 0 ? 300 : LEVEL + SCATTER * Math.sqrt(2) * Math.sin(index * 0.7);
    }

    @Override
    public OptionalDouble truth(int segmentRow, String parameter) {
        return switch (parameter) {
            // the waves of the level come to nothing over a segment
            case "DARK_MEAN" -> OptionalDouble.of(LEVEL);
            case "NOISE" -> OptionalDouble.of(Math.sqrt(NOISE * NOISE + 1 / 12.0));
            default -> OptionalDouble.empty();
        };
    }
}
