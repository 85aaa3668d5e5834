// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;
import org.xtendsxi.pipeline.kernel.DarkLevel;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.Hits;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.kernel.RowBlocks;
import org.xtendsxi.pipeline.kernel.Search;

/**
 * All kernels side by side on 64 frames of 640 x 640 pixels given at once: they take turns, so that a busy machine
 * slows all alike, and what they find above the threshold must be the same.
 */
final class KernelBench {
    private static final int CCD_FRAMES = 64;
    private static final FrameGeometry SEGMENT = new FrameGeometry(0, 320, 0, 0, 640, 0);
    private static final int EVENTS = 25;
    private static final int BIAS = 1000;
    private static final int THRESHOLD = 40;
    private static final int WARM_UP = 5;
    private static final int ROUNDS = 15;

    private final List<Search> searches = new ArrayList<>();

    /** Noise of about 4 adu on the bias and a dark of a few adu, and single-pixel events. */
    KernelBench() {
        SplittableRandom random = new SplittableRandom(1);
        DarkLevel[] darks = new DarkLevel[2];
        Arrays.setAll(darks, i -> DarkLevel.of(random.doubles(SEGMENT.pixels(), -2, 12).toArray()));
        for (int f = 0; f < 2 * CCD_FRAMES; f++) {
            DarkLevel dark = darks[f % 2];
            MemorySegment pixels = Arena.ofAuto().allocate(2L * SEGMENT.pixels(), Long.BYTES);
            for (int i = 0; i < SEGMENT.pixels(); i++) {
                set(pixels, i, BIAS + (int) dark.at(i) + random.nextInt(10) + random.nextInt(10) - 9);
            }
            for (int e = 0; e < EVENTS; e++) {
                set(pixels, random.nextInt(SEGMENT.pixels()), BIAS + random.nextInt(100, 2000));
            }
            searches.add(new Search(new PixelPlane(pixels, SEGMENT, new Adc(12, false),
                    BiasLevel.ofFrame(BIAS, BIAS), dark), THRESHOLD, new RowBlocks(640, 640, 1), new Hits()));
        }
    }

    private static void set(MemorySegment pixels, int index, int value) {
        pixels.set(SegmentFrame.WORD, 2L * index, (short) (value - SegmentFrame.ZERO));
    }

    /** Runs every kernel that works here and tells times, speeds, and what the kernels say of themselves. */
    void run(Console console) {
        List<ExtractionKernel> kernels = new ArrayList<>();
        Kernels.providers().forEach(p -> p.tryCreate(console::say).ifPresent(kernels::add));
        double[][] ms = new double[kernels.size()][ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int k = 0; k < kernels.size(); k++) {
                double t = time(kernels.get(k));
                if (round >= 0) {
                    ms[k][round] = t;
                }
            }
        }
        double gigabytes = 2e-9 * SEGMENT.pixels() * searches.size();
        String same = sameFinds(kernels);
        List<String> json = new ArrayList<>();
        for (int k = 0; k < kernels.size(); k++) {
            Arrays.sort(ms[k]);
            double median = ms[k][ROUNDS / 2];
            ExtractionKernel kernel = kernels.get(k);
            if (console.json()) {
                json.add(String.format(Locale.ROOT,
                        "{\"kernel\":\"%s\",\"frames\":%d,\"median_ms\":%.4g,\"best_ms\":%.4g}", kernel.id(),
                        CCD_FRAMES, median, ms[k][0]));
            } else {
                console.result(String.format(Locale.ROOT, "%-10s %8.2f ms, best %.2f ms; %.2f GB/s", kernel.id(),
                        median, ms[k][0], 1e3 * gigabytes / median));
                kernel.notes().forEach(n -> console.result("           " + n));
            }
        }
        if (console.json()) {
            console.result("[" + String.join(",\n ", json) + "]");
        } else {
            console.result(same);
        }
    }

    private double time(ExtractionKernel kernel) {
        searches.forEach(s -> s.hits().clear());
        double begin = Host.seconds();
        kernel.scanAll(searches);
        return 1e3 * (Host.seconds() - begin);
    }

    /** Candidates of all kernels that pass the exact test, compared pixel by pixel. */
    private String sameFinds(List<ExtractionKernel> kernels) {
        int[] first = finds(kernels.getFirst());
        for (ExtractionKernel k : kernels) {
            if (!Arrays.equals(first, finds(k))) {
                throw new IllegalStateException("kernel " + k.id() + " finds other pixels than "
                        + kernels.getFirst().id());
            }
        }
        return first.length + " pixels above the threshold, the same from all " + kernels.size() + " kernels";
    }

    private int[] finds(ExtractionKernel kernel) {
        searches.forEach(s -> s.hits().clear());
        kernel.scanAll(searches);
        return searches.stream().flatMapToInt(s -> Arrays.stream(s.hits().toArray())
                .filter(p -> s.plane().height(p % SEGMENT.active(), p / SEGMENT.active()) >= s.threshold())).toArray();
    }
}
