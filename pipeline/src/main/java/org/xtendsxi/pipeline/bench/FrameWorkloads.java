// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.bias.BiasEstimator;
import org.xtendsxi.pipeline.bias.BiasSettings;
import org.xtendsxi.pipeline.bias.BiasStage;
import org.xtendsxi.pipeline.dark.DarkStage;
import org.xtendsxi.pipeline.extraction.AreaDiscrimination;
import org.xtendsxi.pipeline.extraction.ExtractionStage;
import org.xtendsxi.pipeline.flow.CycleReader;
import org.xtendsxi.pipeline.frames.CcdCycle;
import org.xtendsxi.pipeline.frames.DarkBuilder;
import org.xtendsxi.pipeline.frames.DarkMaps;
import org.xtendsxi.pipeline.frames.FrameReducer;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.Hits;
import org.xtendsxi.pipeline.kernel.KernelProvider;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.kernel.RowBlocks;
import org.xtendsxi.pipeline.kernel.ScalarKernel;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/**
 * Work on frames of {@link FrameMaker}, one thread: bias alone, search alone, bias with dark, search, maximum and pulse
 * heights as in a run, and the same from a file. Speeds count the bytes of the frames, as the C yardstick does.
 */
public final class FrameWorkloads {
    /** Rows as many as the C yardstick takes. */
    public static final int ROWS = 256;
    static final String UNIT = "GB/s";
    private static final double GIGA = 1e9;

    private final List<SegmentFrame> frames;
    private final FrameReducer running;
    private final DarkMaps darks;
    private final double gigabytes;

    /** Makes frames, and their dark out of dark frames. */
    public FrameWorkloads(int rows) {
        this.frames = FrameMaker.frames(FrameType.RAW, rows);
        this.gigabytes = (double) rows * FrameMaker.bytes() / GIGA;
        DarkBuilder builder = new DarkBuilder(FrameMaker.HEADER, defaults(BiasStage.SPEC),
                DarkWorkloads.method("running"), true);
        FrameMaker.frames(FrameType.DARK, FrameMaker.DARK_FRAMES * 8).forEach(builder::accept);
        this.running = FrameReducer.of(FrameMaker.HEADER, AreaDiscrimination.of(new Keywords(), FrameMaker.HEADER),
                Map.of("bias", defaults(BiasStage.SPEC), "dark", DarkWorkloads.method("running"), "extraction",
                        defaults(ExtractionStage.SPEC)), builder, kernel());
        this.darks = running.darks();
    }

    /** The kernel that a run takes. */
    private static ExtractionKernel kernel() {
        return Kernels.choose(Kernels.AUTO, refusal -> { });
    }

    private static Parameters defaults(StageSpec spec) {
        return Parameters.of(spec.id(), spec.parameters(), Map.of());
    }

    /**
     * Work in memory, for all kernels that work here.
     *
     * @param refusals takes the reasons why a kernel does not
     */
    public List<Workload> inMemory(Consumer<String> refusals) {
        List<Workload> all = new ArrayList<>();
        for (KernelProvider p : Kernels.providers()) {
            p.tryCreate(refusals).ifPresent(kernel -> {
                all.add(bias(kernel));
                all.add(search(kernel));
                all.add(chain(kernel));
            });
        }
        all.addAll(DarkWorkloads.all(frames, darks, estimator(new ScalarKernel())));
        return all;
    }

    private static BiasEstimator estimator(ExtractionKernel kernel) {
        return new BiasEstimator(FrameMaker.HEADER.geometry(), Adc.of(FrameMaker.HEADER),
                BiasSettings.of(defaults(BiasStage.SPEC)), kernel);
    }

    private Workload bias(ExtractionKernel kernel) {
        BiasEstimator bias = estimator(kernel);
        return new Workload("bias, " + kernel.id(), UNIT, gigabytes, () -> {
            double sum = 0;
            for (SegmentFrame f : frames) {
                sum += bias.estimate(f.pixels()).even();
            }
            return (long) sum;
        });
    }

    private Workload search(ExtractionKernel kernel) {
        FrameGeometry g = FrameMaker.HEADER.geometry();
        BiasEstimator bias = estimator(kernel);
        List<PixelPlane> planes = frames.stream().map(f -> new PixelPlane(f.pixels(), g, Adc.of(FrameMaker.HEADER),
                bias.estimate(f.pixels()).level(), darks.need(f.ccdId(), f.segment(), f.readNode()).level())).toList();
        RowBlocks rows = new RowBlocks(g.rows(), g.rows(), 1);
        int threshold = FrameMaker.HEADER.eventThreshold()[0];
        Hits hits = new Hits();
        return new Workload("search, " + kernel.id(), UNIT, gigabytes, () -> {
            long found = 0;
            for (PixelPlane plane : planes) {
                hits.clear();
                kernel.scan(plane, threshold, rows, hits);
                found += hits.size();
            }
            return found;
        });
    }

    private FrameReducer reducer(ExtractionKernel kernel) {
        return new FrameReducer(FrameMaker.HEADER, AreaDiscrimination.of(new Keywords(), FrameMaker.HEADER),
                defaults(BiasStage.SPEC), defaults(ExtractionStage.SPEC), darks, kernel);
    }

    private Workload chain(ExtractionKernel kernel) {
        FrameReducer reducer = reducer(kernel);
        List<CcdCycle> cycles = new ArrayList<>();
        for (int i = 0; i < frames.size(); i += 2) {
            cycles.add(CcdCycle.of(frames.subList(i, i + 2)));
        }
        return new Workload("bias, dark, extraction, " + kernel.id(), UNIT, gigabytes, () -> {
            long found = 0;
            for (CcdCycle cycle : cycles) {
                found += reducer.reduce(cycle).events().size();
            }
            return found;
        });
    }

    /**
     * From a file, which the page cache holds after the first call, to events in memory, with the kernel that a run
     * takes: with a fixed dark, and with the running update.
     *
     * @param file place for the file of frames, which is written by the first call
     */
    public List<Workload> fromFile(Path file) {
        return List.of(fromFile("file, bias, dark, extraction", file, reducer(kernel())),
                fromFile("file, bias, running dark, extraction", file, running));
    }

    private Workload fromFile(String name, Path file, FrameReducer reducer) {
        return new Workload(name, UNIT, gigabytes, () -> {
            long found = 0;
            if (!Files.exists(file)) {
                FrameMaker.write(file, FrameType.RAW, frames.size());
            }
            try (FrameReader in = FrameReader.open(file)) {
                CycleReader cycles = new CycleReader(in, FrameType.RAW);
                for (Optional<CycleReader.Cycle> c = cycles.next(); c.isPresent(); c = cycles.next()) {
                    for (CcdCycle ccd : c.get().ccds()) {
                        found += reducer.reduce(ccd).events().size();
                    }
                    cycles.release(c.get());
                }
            }
            return found;
        });
    }
}
