// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.pipeline.bias.BiasStage;
import org.xtendsxi.pipeline.dark.DarkStage;
import org.xtendsxi.pipeline.extraction.AreaDiscrimination;
import org.xtendsxi.pipeline.extraction.ExtractedEvents;
import org.xtendsxi.pipeline.extraction.ExtractionStage;
import org.xtendsxi.pipeline.frames.CcdCycle;
import org.xtendsxi.pipeline.frames.DarkBuilder;
import org.xtendsxi.pipeline.frames.FrameReducer;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Bias, dark and extraction of 64 frames of 640 x 640 pixels give the same events whatever the kernel. */
@Tag("validation")
class SameEventsTest {
    private static final FrameGeometry GEOMETRY = new FrameGeometry(8, 320, 24, 1, 640, 2);
    private static final int CCD_FRAMES = 64;
    private static final int DARK_FRAMES = 5;

    @ParameterizedTest
    @CsvSource({"WINDOW1, 12, false", "WINDOW1, 16, true", "WINDOW2, 12, true", "WINDOW2BURST, 16, false"})
    void fromAllKernels(DataMode mode, int bits, boolean inverted) {
        ExtractionKernel device = Device.kernel();
        FrameHeader h = new FrameHeader(GEOMETRY, bits, inverted, mode, mode.windowed() ? "CCD12" : "CCD",
                mode.timing(), mode.windowed() ? 455 : 1, GEOMETRY.rows() / mode.timing().exposures(),
                new int[] {0, 1, 0, 1, 0, 1, 0, 1}, filled(40), filled(15));
        SplittableRandom random = new SplittableRandom(bits);
        List<CcdCycle> cycles = new ArrayList<>();
        for (int n = 0; n < CCD_FRAMES; n++) {
            cycles.add(CcdCycle.of(List.of(frame(h, random, n, 0, FrameType.RAW),
                    frame(h, random, n, 1, FrameType.RAW))));
        }
        List<List<Integer>> scalar = events(h, Kernels.choose("scalar", r -> { }), cycles);
        assertThat(scalar).hasSizeGreaterThan(CCD_FRAMES);
        assertThat(events(h, Kernels.choose("simd", r -> { }), cycles)).isEqualTo(scalar);
        assertThat(events(h, device, cycles)).isEqualTo(scalar);
    }

    private static List<List<Integer>> events(FrameHeader h, ExtractionKernel kernel, List<CcdCycle> cycles) {
        DarkBuilder darks = new DarkBuilder(h, defaults(BiasStage.SPEC), defaults(DarkStage.SPEC), true);
        SplittableRandom random = new SplittableRandom(99);
        for (int n = 0; n < DARK_FRAMES; n++) {
            darks.accept(frame(h, random, n, 0, FrameType.DARK));
            darks.accept(frame(h, random, n, 1, FrameType.DARK));
        }
        FrameReducer reducer = new FrameReducer(h, AreaDiscrimination.of(new Keywords(), h), defaults(BiasStage.SPEC),
                defaults(ExtractionStage.SPEC), darks.build(), kernel);
        List<List<Integer>> all = new ArrayList<>();
        reducer.begin(cycles).get().forEach(c -> {
            ExtractedEvents e = c.events();
            for (int i = 0; i < e.size(); i++) {
                List<Integer> one = new ArrayList<>(List.of(e.subExposure(i), e.ccdId(i), e.segment(i), e.readNode(i),
                        e.rawX(i), e.rawY(i), e.outerMask(i), e.outerSum(i)));
                for (int k = 0; k < EventPixels.ALL; k++) {
                    one.add(e.height(i, k));
                }
                all.add(one);
            }
            all.add(List.of(c.rejects().hashCode()));
        });
        return all;
    }

    /** Noise, a dark that differs from pixel to pixel, a row full of charge now and then, and events. */
    private static SegmentFrame frame(FrameHeader h, SplittableRandom random, int n, int segment, FrameType type) {
        int max = (1 << h.adcBits()) - 1;
        MemorySegment pixels = Arena.ofAuto().allocate(2L * GEOMETRY.pixels(), Long.BYTES);
        int bright = type == FrameType.RAW && n % 8 == 3 ? random.nextInt(GEOMETRY.height()) : -1;
        for (int i = 0; i < GEOMETRY.pixels(); i++) {
            boolean active = i % GEOMETRY.width() >= GEOMETRY.under() && i % GEOMETRY.width() < GEOMETRY.overStart();
            int value = 1000 + random.nextInt(8) + (active ? i * 31 % 17 : 0);
            if (type == FrameType.RAW && active && (random.nextInt(4000) == 0 || i / GEOMETRY.width() == bright)) {
                value += random.nextInt(3000);
            }
            pixels.set(SegmentFrame.WORD, 2L * i, (short) ((h.inverted() ? max - value : value) - SegmentFrame.ZERO));
        }
        return new SegmentFrame(n, n * 4.0, n, 0, segment, segment, type, pixels);
    }

    private static int[] filled(int value) {
        int[] a = new int[8];
        Arrays.fill(a, value);
        return a;
    }

    private static Parameters defaults(StageSpec spec) {
        return Parameters.of(spec.id(), spec.parameters(), Map.of());
    }
}
