// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.pipeline.bias.BiasStage;
import org.xtendsxi.pipeline.extraction.AreaDiscrimination;
import org.xtendsxi.pipeline.extraction.ExtractionStage;
import org.xtendsxi.pipeline.frames.CcdCycle;
import org.xtendsxi.pipeline.frames.DarkMaps;
import org.xtendsxi.pipeline.frames.FrameReducer;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;
import org.xtendsxi.pipeline.kernel.DarkLevel;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.Hits;
import org.xtendsxi.pipeline.kernel.KernelProvider;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.kernel.RowBlocks;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/** The search of every kernel, and bias, dark and extraction together, one thread, on frames in memory. */
public final class FrameWorkloads {
    private static final FrameGeometry GEOMETRY = new FrameGeometry(8, 320, 24, 8, 640, 8);
    private static final int FRAMES = 64;
    private static final int EVENTS = 50;
    private static final int BIAS = 1000;
    private static final int THRESHOLD = 40;
    private static final double GIGA = 1e9;

    private FrameWorkloads() {
    }

    /**
     * All of them, for all kernels that work here.
     *
     * @param refusals takes the reasons why a kernel does not
     */
    public static List<Workload> all(Consumer<String> refusals) {
        List<SegmentFrame> frames = frames();
        List<Workload> all = new ArrayList<>();
        for (KernelProvider p : Kernels.providers()) {
            p.tryCreate(refusals).ifPresent(kernel -> {
                all.add(scan(kernel, frames));
                all.add(chain(kernel, frames));
            });
        }
        return all;
    }

    private static double gigabytes() {
        return 2.0 * FRAMES * GEOMETRY.pixels() / GIGA;
    }

    private static Workload scan(ExtractionKernel kernel, List<SegmentFrame> frames) {
        DarkLevel dark = DarkLevel.zero(GEOMETRY.active() * GEOMETRY.rows());
        List<PixelPlane> planes = frames.stream().map(f -> new PixelPlane(f.pixels(), GEOMETRY, new Adc(12, false),
                BiasLevel.ofFrame(BIAS, BIAS), dark)).toList();
        RowBlocks rows = new RowBlocks(GEOMETRY.rows(), GEOMETRY.rows(), 0);
        Hits hits = new Hits();
        return new Workload("scan, " + kernel.id(), "GB/s", gigabytes(), () -> {
            long found = 0;
            for (PixelPlane plane : planes) {
                hits.clear();
                kernel.scan(plane, THRESHOLD, rows, hits);
                found += hits.size();
            }
            return found;
        });
    }

    private static Workload chain(ExtractionKernel kernel, List<SegmentFrame> frames) {
        FrameHeader header = new FrameHeader(GEOMETRY, 12, false, DataMode.WINDOW1, "CCD", DataMode.WINDOW1.timing(),
                1, GEOMETRY.rows(), new int[] {0, 1, 0, 1, 0, 1, 0, 1}, filled(THRESHOLD), filled(15));
        FrameReducer reducer = new FrameReducer(header, AreaDiscrimination.of(new Keywords(), header),
                defaults(BiasStage.SPEC), defaults(ExtractionStage.SPEC), DarkMaps.none(GEOMETRY), kernel);
        List<CcdCycle> cycles = new ArrayList<>();
        for (int i = 0; i < frames.size(); i += 2) {
            cycles.add(CcdCycle.of(frames.subList(i, i + 2)));
        }
        return new Workload("bias, dark, extraction, " + kernel.id(), "GB/s", gigabytes(), () -> {
            long found = 0;
            for (CcdCycle cycle : cycles) {
                found += reducer.reduce(cycle).events().size();
            }
            return found;
        });
    }

    private static int[] filled(int value) {
        int[] a = new int[8];
        Arrays.fill(a, value);
        return a;
    }

    private static Parameters defaults(StageSpec spec) {
        return Parameters.of(spec.id(), spec.parameters(), Map.of());
    }

    /** Noise of about 5 adu on the bias, and single-pixel events. */
    private static List<SegmentFrame> frames() {
        SplittableRandom random = new SplittableRandom(1);
        List<SegmentFrame> out = new ArrayList<>();
        for (int f = 0; f < FRAMES; f++) {
            MemorySegment pixels = Arena.ofAuto().allocate(2L * GEOMETRY.pixels(), Long.BYTES);
            for (int i = 0; i < GEOMETRY.pixels(); i++) {
                set(pixels, i, BIAS + random.nextInt(10) + random.nextInt(10) - 9);
            }
            for (int e = 0; e < EVENTS; e++) {
                set(pixels, GEOMETRY.index(random.nextInt(4, 316), random.nextInt(4, 636)),
                        BIAS + random.nextInt(100, 2000));
            }
            out.add(new SegmentFrame(f, f / 2 * 4.0, f / 2, 0, f % 2, f % 2, FrameType.EVENT, pixels));
        }
        return out;
    }

    private static void set(MemorySegment pixels, int index, int value) {
        pixels.set(SegmentFrame.WORD, 2L * index, (short) (value - SegmentFrame.ZERO));
    }
}
