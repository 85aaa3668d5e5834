// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xtendsxi.pipeline.bench.FrameWorkloads;
import org.xtendsxi.pipeline.bench.Workload;

/** Time of one call of each workload on frames; every workload in a Java of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
    /** Name of the workload. */
    @Param({"bias, scalar", "bias, simd", "search, scalar", "search, simd",
        "bias, dark, extraction, scalar", "bias, dark, extraction, simd", "file, bias, dark, extraction",
        "dark update, running", "dark update, rollmean", "dark update, rollmedian",
        "file, bias, running dark, extraction"})
    public String name;

    private Workload workload;
    private Path folder;

    /** Takes the workload of the name. */
    @Setup
    public void prepare() throws IOException {
        folder = Files.createTempDirectory("sxi-bench-");
        FrameWorkloads frames = new FrameWorkloads(FrameWorkloads.ROWS);
        List<Workload> all = new ArrayList<>(frames.inMemory(refusal -> { }));
        all.addAll(frames.fromFile(folder.resolve("frames.fits")));
        workload = all.stream().filter(w -> w.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalStateException("no workload " + name + " on this machine"));
    }

    /** Removes the file of frames. */
    @TearDown
    public void clean() throws IOException {
        Files.deleteIfExists(folder.resolve("frames.fits"));
        Files.delete(folder);
    }

    /** One call. */
    @Benchmark
    public long call() {
        return workload.work().run();
    }
}
