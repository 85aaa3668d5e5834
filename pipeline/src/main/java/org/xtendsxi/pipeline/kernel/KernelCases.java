// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.kernel.KernelCheck.Case;

/** The situations of {@link KernelCheck}. */
final class KernelCases {
    private static final int[] WIDTHS = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 319, 320, 321};
    private static final FrameGeometry SEGMENT = new FrameGeometry(3, 320, 4, 1, 16, 2);
    private static final int PIXELS = SEGMENT.active() * SEGMENT.rows();
    private static final int WILD = 24;

    private final List<Case> cases = new ArrayList<>();
    private final Adc twelve;
    private final Adc sixteen;
    private final String sign;

    private KernelCases(boolean inverted) {
        this.twelve = new Adc(12, inverted);
        this.sixteen = new Adc(16, inverted);
        this.sign = inverted ? " inverted" : "";
    }

    static List<Case> all() {
        List<Case> all = new ArrayList<>();
        for (boolean inverted : new boolean[] {false, true}) {
            KernelCases c = new KernelCases(inverted);
            c.widths();
            c.plateaus();
            c.extremes();
            c.blocks();
            c.wild();
            all.addAll(c.cases);
        }
        return all;
    }

    private void widths() {
        for (int i = 0; i < WIDTHS.length; i++) {
            FrameGeometry g = new FrameGeometry(i % 5, WIDTHS[i], 2 + i % 3, i % 2, 6 + i % 4, i % 3);
            cases.add(noise("width " + WIDTHS[i] + sign, g, i % 2 == 0 ? twelve : sixteen, i));
        }
    }

    private void plateaus() {
        flat("plateau at the threshold", twelve, 1040, 1000, 0, 40, 0);
        flat("plateau one below", twelve, 1039, 1000, 0, 40, 0);
        flat("fractions add to just the half", twelve, 1040, 1000.25, 0.25, 40, 0);
        flat("fractions add to more than the half", twelve, 1040, 1000.5, 0.25, 40, PIXELS);
        flat("fractions beyond one", twelve, 1041, 1000.75, 0.75, 40, 0);
        flat("dark larger than signal", twelve, 1000, 900, 500, 40, 0);
        flat("dark below zero", twelve, 1000, 1000, -40, 40, 0);
        flat("dark just not far enough below zero", twelve, 1000, 1000, -39.25, 40, PIXELS);
        flat("bias below zero", twelve, 0, -40, 0, 40, 0);
        flat("bias below zero by a fraction more", sixteen, 0, -39.5, 0, 40, 0);
        flat("bias below zero, dark larger", sixteen, 10, -1000, 971, 40, PIXELS);
    }

    private void extremes() {
        flat("high rail of 12 bits", twelve, 4095, 1000, 0, 3095, 0);
        flat("low rail of 12 bits", twelve, 0, 1000, 0, -1000, 0);
        flat("high rail", sixteen, 65535, 0, 0, PixelPlane.LIMIT, 0);
        flat("low rail", sixteen, 0, 65535, 0, -100, 0);
        flat("threshold at the clip", sixteen, 0, 65535, 100, -PixelPlane.LIMIT, 0);
        flat("negative threshold", sixteen, 10, 12, 0, -3, 0);
        flat("dark at the rail", sixteen, 65535, 100, 65435, 40, PIXELS);
        flat("dark beyond 16 bits", sixteen, 65535, 20, 60000, 5515, 0);
        flat("dark far below", sixteen, 3, 60000, -59998, 1, 0);
        flat("bias beyond 15 bits, dark high", sixteen, 65535, 65000, 500, 35, 0);
        flat("bias far below zero", sixteen, 0, -40000, 0, PixelPlane.LIMIT, 0);
    }

    private void blocks() {
        cases.add(with("bias per row" + sign, noise("", SEGMENT, twelve, 5),
                BiasLevel.ofRows(new SplittableRandom(6).doubles(2L * SEGMENT.rows(), 950, 1050).toArray()), 1, 16));
        Case frame = noise("", SEGMENT, twelve, 99);
        for (int block : new int[] {1, 2, 4, 8, 16}) {
            for (int margin = 0; margin <= 2; margin++) {
                cases.add(with("blocks of " + block + " margin " + margin + sign, frame, frame.plane().bias(), margin,
                        block));
            }
        }
    }

    /** Words over all 16 bits, the extremes among them, with levels far beyond what a camera has. */
    private void wild() {
        for (int i = 0; i < WILD; i++) {
            SplittableRandom r = new SplittableRandom(1000 + i);
            FrameGeometry g = new FrameGeometry(r.nextInt(4), 1 + r.nextInt(130), r.nextInt(4), r.nextInt(2), 7, 1);
            MemorySegment pixels = words(g);
            for (int p = 0; p < g.pixels(); p++) {
                int word = r.nextInt(1 << 16);
                put(pixels, p, r.nextInt(4) > 0 ? word : word < 1 << 15 ? 0 : 65535);
            }
            double reach = i % 2 == 0 ? 2000 : 70000;
            int n = g.active() * g.rows();
            BiasLevel bias = BiasLevel.ofFrame(r.nextDouble(-reach, reach), r.nextDouble(-reach, reach));
            DarkLevel dark = DarkLevel.of(r.doubles(n, -reach, reach).toArray());
            int threshold = r.nextInt(-PixelPlane.LIMIT, PixelPlane.LIMIT + 1);
            cases.add(new Case("wild " + i + sign, new PixelPlane(pixels, g, i % 3 == 0 ? twelve : sixteen, bias, dark),
                    threshold, new RowBlocks(g.rows(), g.rows(), i % 3), n));
        }
    }

    private static Case with(String name, Case c, BiasLevel bias, int margin, int block) {
        PixelPlane p = c.plane();
        return new Case(name, new PixelPlane(p.pixels(), p.geometry(), p.adc(), bias, p.dark()), c.threshold(),
                new RowBlocks(p.geometry().rows(), block, margin), c.slack());
    }

    private static Case noise(String name, FrameGeometry g, Adc adc, int seed) {
        SplittableRandom r = new SplittableRandom(seed);
        double[] dark = r.doubles((long) g.active() * g.rows(), -3, 30).toArray();
        MemorySegment pixels = words(g);
        for (int i = 0; i < g.pixels(); i++) {
            put(pixels, i, adc.value(1000 + r.nextInt(60) + (r.nextInt(50) == 0 ? r.nextInt(3000) : 0)));
        }
        BiasLevel bias = BiasLevel.ofFrame(990 + r.nextDouble(20), 990 + r.nextDouble(20));
        return new Case(name, new PixelPlane(pixels, g, adc, bias, DarkLevel.of(dark)), 40,
                new RowBlocks(g.rows(), g.rows(), 0), 1 + g.active() * g.rows() / 10);
    }

    private void flat(String name, Adc adc, int value, double bias, double dark, int threshold, int slack) {
        double[] levels = new double[PIXELS];
        Arrays.fill(levels, dark);
        MemorySegment pixels = MemorySegment.ofArray(new byte[2 * SEGMENT.pixels()]);
        for (int i = 0; i < SEGMENT.pixels(); i++) {
            put(pixels, i, adc.value(value));
        }
        cases.add(new Case(name + sign, new PixelPlane(pixels, SEGMENT, adc, BiasLevel.ofFrame(bias, bias),
                DarkLevel.of(levels)), threshold, new RowBlocks(SEGMENT.rows(), SEGMENT.rows(), 1), slack));
    }

    private static MemorySegment words(FrameGeometry g) {
        return Arena.ofAuto().allocate(2L * g.pixels(), 2);
    }

    private static void put(MemorySegment pixels, int index, int value) {
        pixels.set(SegmentFrame.WORD, 2L * index, (short) (value - SegmentFrame.ZERO));
    }
}
