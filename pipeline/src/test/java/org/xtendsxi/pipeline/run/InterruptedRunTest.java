// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.fits.FitsReader;

/** A run that is interrupted at any moment leaves whole files only, and the next one makes the same of them. */
@Tag("non-regression")
class InterruptedRunTest extends EventListRuns {
    private static final int MOMENTS = 5;

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Sums of all data units, by file. */
    private TreeMap<String, List<String>> sums() throws IOException {
        TreeMap<String, List<String>> sums = new TreeMap<>();
        for (Path p : files()) {
            if (p.toString().matches(".*\\.(evt|fpix|bimg|gti|pha|rmf|img|lc|expo)")) {
                try (FitsReader f = FitsReader.open(p)) {
                    sums.put(p.getFileName().toString(),
                            f.hdus().stream().map(h -> h.keywords().text("DATASUM").orElse("none")).toList());
                }
            }
        }
        return sums;
    }

    @Test
    void atAnyMoment() throws IOException, InterruptedException {
        events("p030000010", 20_000);
        assertThat(run("run", observation, "--out", out)).isZero();
        long begin = System.nanoTime();
        assertThat(run("run", observation, "--out", out, "--fresh")).isZero();
        long whole = (System.nanoTime() - begin) / 1_000_000;
        TreeMap<String, List<String>> expected = sums();
        assertThat(expected).hasSizeGreaterThan(10);
        Random moment = new Random(20261125);
        for (int i = 0; i < MOMENTS; i++) {
            long wait = (long) (whole * (i + moment.nextDouble()) / MOMENTS);
            assertThat(interrupted(wait)).as("exit code after %d of %d ms", wait, whole).isIn(130, 0);
            assertThat(files()).as("after %d of %d ms", wait, whole)
                    .allMatch(p -> !p.getFileName().toString().endsWith(".part"));
            assertThat(sums().values()).as("whole files after %d ms", wait).isNotEmpty().doesNotContain(List.of());
            assertThat(run("run", observation, "--out", out)).isZero();
            assertThat(sums()).as("after %d of %d ms and a second run", wait, whole).isEqualTo(expected);
        }
    }

    private int interrupted(long milliseconds) throws InterruptedException {
        AtomicInteger code = new AtomicInteger(-1);
        Thread work = new Thread(() -> code.set(run("run", observation, "--out", out, "--fresh")), "interrupted run");
        work.start();
        Thread.sleep(milliseconds);
        work.interrupt();
        work.join();
        return code.get();
    }
}
