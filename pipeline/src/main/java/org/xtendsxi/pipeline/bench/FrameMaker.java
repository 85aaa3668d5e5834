// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.FrameWriter;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Frames without physics, only to be timed, with the same content as those of the C yardstick: eight segments in turn,
 * a bias for even and odd columns, a dark of 0 to 29 adu per pixel, noise of 4 adu at most, 50 single-pixel events per
 * row. Row i is a function of i alone.
 */
public final class FrameMaker {
    /** Events put into every row; few touch another. */
    public static final int EVENTS = 50;
    /** Dark frames of each segment. */
    public static final int DARK_FRAMES = 9;
    static final FrameHeader HEADER = header();
    private static final FrameGeometry G = HEADER.geometry();
    private static final int BIAS = 1000;
    private static final int BIAS_STEP = 50;
    private static final int ODD = 7;
    private static final int DARK = 30;
    private static final int NOISE = 4;
    private static final int HEIGHT = 900;
    private static final int THRESHOLD = 40;
    private static final double START = 2.4e8;
    private static final double CYCLE = 4;
    private static final String STEM = "900000009/xtend/frames/xa900000009xtd_p030000010_";
    /** One block aligned to large pages, as a C program would get it. */
    private static final long PAGE = 1L << 21;
    private static final long SEED_DARK = 1L << 40;

    private FrameMaker() {
    }

    private static FrameHeader header() {
        return new FrameHeader(new FrameGeometry(4, 320, 16, 2, 640, 4), 12, false, DataMode.WINDOW1, "CCD",
                DataMode.WINDOW1.timing(), 1, 640, new int[] {0, 1, 0, 1, 0, 1, 0, 1}, filled(THRESHOLD), filled(15));
    }

    private static int[] filled(int value) {
        int[] a = new int[Sxi.ALL_SEGMENTS];
        Arrays.fill(a, value);
        return a;
    }

    /** Bytes of the pixels of a row. */
    static int bytes() {
        return 2 * G.pixels();
    }

    /** Raw or dark frames in memory outside the heap, as the words of a file. */
    static List<SegmentFrame> frames(FrameType type, int rows) {
        List<SegmentFrame> out = new ArrayList<>();
        byte[][] dark = darks();
        MemorySegment all = Arena.ofAuto().allocate((long) rows * bytes(), PAGE);
        for (int i = 0; i < rows; i++) {
            MemorySegment pixels = all.asSlice((long) i * bytes(), bytes());
            out.add(fill(i, type, dark[i % Sxi.ALL_SEGMENTS], pixels));
        }
        return out;
    }

    private static byte[][] darks() {
        byte[][] dark = new byte[Sxi.ALL_SEGMENTS][G.active() * G.rows()];
        for (int s = 0; s < dark.length; s++) {
            SplittableRandom random = new SplittableRandom(-1 - s);
            for (int i = 0; i < dark[s].length; i++) {
                dark[s][i] = (byte) random.nextInt(DARK);
            }
        }
        return dark;
    }

    private static SegmentFrame fill(int row, FrameType type, byte[] dark, MemorySegment pixels) {
        SplittableRandom random = new SplittableRandom(type == FrameType.DARK ? SEED_DARK + row : row);
        int s = row % Sxi.ALL_SEGMENTS;
        for (int y = 0, i = 0; y < G.height(); y++) {
            boolean image = y >= G.vUnder() && y < G.vUnder() + G.rows();
            for (int x = 0; x < G.width(); x++, i++) {
                int rawX = x - G.under();
                int v = BIAS + BIAS_STEP * s + ODD * (rawX & 1) + random.nextInt(2 * NOISE + 1) - NOISE;
                boolean active = image && rawX >= 0 && rawX < G.active();
                add(pixels, i, v - SegmentFrame.ZERO + (active ? dark[(y - G.vUnder()) * G.active() + rawX] : 0));
            }
        }
        for (int e = 0; e < EVENTS && type != FrameType.DARK; e++) {
            int i = G.index(random.nextInt(2, G.active() - 2), random.nextInt(2, G.rows() - 2));
            add(pixels, i, pixels.get(SegmentFrame.WORD, 2L * i) + HEIGHT);
        }
        int cycle = row / Sxi.ALL_SEGMENTS;
        return new SegmentFrame(row, START + CYCLE * cycle, cycle, s / Sxi.SEGMENTS, s % Sxi.SEGMENTS,
                s % Sxi.SEGMENTS, type, pixels);
    }

    private static void add(MemorySegment pixels, int index, int word) {
        pixels.set(SegmentFrame.WORD, 2L * index, (short) word);
    }

    /**
     * Writes an observation of frames and dark frames.
     *
     * @param directory folder for the observation directory
     * @param rows rows of FRAMES, eight in a cycle
     * @return the observation directory
     */
    public static Path write(Path directory, int rows) {
        write(directory.resolve(STEM + "dk.fits"), FrameType.DARK, DARK_FRAMES * Sxi.ALL_SEGMENTS);
        Path file = directory.resolve(STEM + "fr.fits");
        write(file, FrameType.RAW, rows);
        return file.getParent().getParent().getParent();
    }

    static void write(Path file, FrameType type, int rows) {
        MemorySegment pixels = MemorySegment.ofArray(new byte[bytes()]);
        byte[][] dark = darks();
        try (FrameWriter w = new FrameWriter(file, HEADER, EventMaker.keywords(0))) {
            for (int i = 0; i < rows; i++) {
                w.accept(fill(i, type, dark[i % Sxi.ALL_SEGMENTS], pixels));
            }
            w.commit();
        }
    }
}
