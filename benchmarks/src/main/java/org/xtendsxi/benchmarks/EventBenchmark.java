// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.benchmarks;

import java.util.Optional;
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
import org.openjdk.jmh.annotations.Warmup;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.pipeline.bench.EventWorkloads;
import org.xtendsxi.pipeline.bench.Workload;

/** Time of one call of each workload on events; every workload in a Java of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventBenchmark {
    /** Name of the workload. */
    @Param({"coordinates", "phas", "flags", "energy, 2 passes", "energy, 1 pass",
        "energy, no random numbers", "energy, no even/odd", "energy, no charge trail",
        "energy, charge trail of all pixels", "energy, no CTI",
        "energy, no gain", "read 58-byte row", "write 58-byte row", "read 221-byte row", "write 221-byte row"})
    public String name;

    private Workload workload;

    /** Takes the workload of the name. */
    @Setup
    public void prepare() {
        workload = EventWorkloads.of(Caldb.open(Optional.empty())).stream().filter(w -> w.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no workload " + name + " on this machine"));
    }

    /** One call. */
    @Benchmark
    public long call() {
        return workload.work().run();
    }
}
