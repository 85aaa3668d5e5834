// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.Hits;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.kernel.RowBlocks;
import org.xtendsxi.quicklook.Bench;
import org.xtendsxi.quicklook.store.Sql;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.quicklook.watch.DirectoryWatch;

/** Dark frames that are there before the others go through the stages, and leave nothing in the store. */
@Tag("non-regression")
class RehearsalTest {
    private static final String FRAMES = "xtend/frames/xa900000041xtd_p030000010_fr.fits";
    private static final String DARKS = "xtend/frames/xa900000041xtd_p030000010_dk.fits";
    private static final int SEGMENTS = 4;

    @TempDir
    static Path shared;
    private static Path observation;

    @TempDir
    Path folder;

    @BeforeAll
    static void simulate() {
        observation = Bench.simulate(Bench.config("900000041", 6), shared);
    }

    /** A kernel that counts the frames that it is given. */
    private record Counting(ExtractionKernel kernel, AtomicInteger frames) implements ExtractionKernel {
        @Override
        public String id() {
            return kernel.id();
        }

        @Override
        public void scan(PixelPlane plane, int threshold, RowBlocks rows, Hits hits) {
            frames.incrementAndGet();
            kernel.scan(plane, threshold, rows, hits);
        }
    }

    @Test
    void darkFramesGoThroughTheStagesOnceAndAreForgotten() throws IOException {
        Path dir = folder.resolve("dir");
        Files.createDirectories(dir.resolve(FRAMES).getParent());
        Files.copy(observation.resolve(DARKS), dir.resolve(DARKS));
        AtomicInteger frames = new AtomicInteger();
        try (TrendStore store = TrendStore.open(folder.resolve("store")); Sql sql = store.reader();
                DirectoryWatch watch = new DirectoryWatch(dir);
                Ingestor ingestor = new Ingestor(watch, store, Bench.setting(store, new Counting(
                        Kernels.choose("auto", r -> { }), frames), Optional.empty(), List.of()), line -> { })) {
            while (ingestor.step(false, 0)) {
                assertThat(frames.get()).isLessThanOrEqualTo(16 * SEGMENTS);
            }
            assertThat(frames.get()).isEqualTo(16 * SEGMENTS);
            assertThat(ingestor.step(false, 0)).as("once only").isFalse();
            assertThat(frames.get()).isEqualTo(16 * SEGMENTS);
            for (String table : List.of("cycle", "segment", "event", "dark")) {
                assertThat(sql.number("select count(*) from " + table)).as(table).isZero();
            }
            Files.copy(observation.resolve(FRAMES), dir.resolve(FRAMES));
            while (ingestor.step(true, 0)) {
                assertThat(frames.get()).isLessThanOrEqualTo(22 * SEGMENTS);
            }
            assertThat(frames.get()).isEqualTo(22 * SEGMENTS);
            assertThat(sql.number("select count(*) from segment")).isEqualTo(6 * SEGMENTS);
            assertThat(sql.number("select count(*) from dark")).isEqualTo(SEGMENTS);
        }
    }

    /** Frames that are there with their dark need no rehearsal. */
    @Test
    void whoHasFramesDoesNotRehearse() {
        AtomicInteger frames = new AtomicInteger();
        try (TrendStore store = TrendStore.open(folder.resolve("store"));
                DirectoryWatch watch = new DirectoryWatch(observation);
                Ingestor ingestor = new Ingestor(watch, store, Bench.setting(store, new Counting(
                        Kernels.choose("auto", r -> { }), frames), Optional.empty(), List.of()), line -> { })) {
            while (ingestor.step(false, 0)) {
                assertThat(frames.get()).isLessThanOrEqualTo(6 * SEGMENTS);
            }
            assertThat(frames.get()).isEqualTo(6 * SEGMENTS);
        }
    }
}
