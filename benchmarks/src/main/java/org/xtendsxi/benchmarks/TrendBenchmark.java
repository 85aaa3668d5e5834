// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.xtendsxi.quicklook.store.Sql;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.quicklook.view.View;
import org.xtendsxi.quicklook.view.ViewQuery;
import org.xtendsxi.quicklook.view.Views;

/**
 * Time in which the quick-look page gets its drawings from a store of months: one cycle every 4 s, eight segments, seven
 * series of housekeeping, and ten events per second in the last 30 days, as the default of {@code events.days} keeps.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class TrendBenchmark {
    private static final List<String> ROWS = List.of(
            "insert into cycle select '900000001 POINTING 30000010', i, 4.0 * i, 3.96, 8, 8, 0, 0, 40, 38, 2, 20, 0, 4, 4,"
                    + " 4, 0, 4, 0, 4, 0, 0, 0, 0, 1000, false, 4.0 * i from range(%d) t(i)",
            "insert into segment select '900000001 POINTING 30000010', 4.0 * (i // 8), (i %% 8) // 2, i %% 2, true,"
                    + " 1000 + random(), 1000 + random(), 5.4 + 0.1 * random(), 5.4 + 0.1 * random(), 5, 0, 0,"
                    + " 0.1 * random(), 0.5 * random() from range(8 * %d) t(i)",
            "insert into housekeeping select 4.0 * (i // 7), 'video' || (i %% 7), 18 + random() from range(7 * %d) t(i)",
            "insert into event select '900000001 POINTING 30000010', i / 10.0, i %% 4, i %% 2, 1 + (i * 7) %% 1810,"
                    + " 1 + (i * 11) %% 1810, 1 + (i * 7) %% 2430, 1 + (i * 11) %% 2430, case when i %% 20 = 0 then 982 +"
                    + " 30 * (random() + random() + random() - 1.5) else 4095 * random() * random() end, 0, true,"
                    + " i %% 20 = 0 from range(%2$d, %3$d) t(i)");

    /** Days of data. */
    @Param({"7", "90"})
    public int days;
    /** Last hours that are asked for; 0 is all. */
    @Param({"1", "6", "168", "0"})
    public double hours;

    private Path folder;
    private TrendStore store;
    private Sql sql;
    private Views views;

    /** Fills a store. */
    @Setup
    public void prepare() throws IOException {
        folder = Files.createTempDirectory("sxi-bench-");
        store = TrendStore.open(folder);
        sql = store.reader();
        long cycles = days * 21600L;
        long last = 40 * cycles;
        ROWS.forEach(r -> sql.run(String.format(r, cycles, Math.max(0, last - 30 * 864000L), last)));
        sql.run("checkpoint");
        views = new Views(sql);
    }

    /** Removes the store. */
    @TearDown
    public void clean() throws IOException {
        sql.close();
        store.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(p);
            }
        }
    }

    /** Everything that the page draws. */
    @Benchmark
    public View view() {
        ViewQuery q = ViewQuery.FIRST;
        return views.of(new ViewQuery(hours, q.sky(), q.piLow(), q.piHigh(), q.ccd(), q.segment(), q.lamp(), q.x(), q.y(),
                q.size()), 1);
    }
}
