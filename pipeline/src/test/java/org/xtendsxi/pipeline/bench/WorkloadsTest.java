// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.pipeline.flow.Observation;

/** What is timed really works. */
class WorkloadsTest {
    @Test
    void kernelsAndChainsFindTheEventsPutIn(@TempDir Path dir) {
        List<String> refusals = new ArrayList<>();
        FrameWorkloads frames = new FrameWorkloads(16);
        List<Workload> all = new ArrayList<>(frames.inMemory(refusals::add));
        all.addAll(frames.fromFile(dir.resolve("frames.fits")));
        assertThat(all).extracting(Workload::name).contains("search, scalar", "bias, dark, extraction, scalar",
                "bias, simd");
        List<Workload> darks = all.stream().filter(w -> w.name().startsWith("dark update")).toList();
        long pixels = 16L * FrameMaker.HEADER.geometry().active() * FrameMaker.HEADER.geometry().rows();
        assertThat(darks).hasSize(3).allSatisfy(w -> assertThat(w.work().run()).as(w.name())
                .isBetween(pixels - 16 * FrameMaker.EVENTS, pixels - 15 * FrameMaker.EVENTS));
        all.removeAll(darks);
        all.removeIf(w -> w.name().matches("bias, \\w+"));
        // few of the events touch another
        assertThat(all).allSatisfy(w -> assertThat(w.work().run()).as(w.name())
                .isBetween(16 * FrameMaker.EVENTS - 10L, 16L * FrameMaker.EVENTS));
    }

    @Test
    void framesMadeAreAnObservation(@TempDir Path dir) {
        Path made = FrameMaker.write(dir, 16);
        Observation o = Observation.open(made);
        assertThat(o.dataSets()).singleElement().satisfies(s -> assertThat(s.dark()).isPresent());
        try (FrameReader f = FrameReader.open(o.dataSets().getFirst().frames().orElseThrow())) {
            assertThat(f.rows()).isEqualTo(16);
            MemorySegment last = f.read(15, ByteBuffer.allocateDirect(f.rowBytes())).pixels();
            assertThat(last.mismatch(FrameMaker.frames(FrameType.RAW, 16).getLast().pixels())).isEqualTo(-1);
        }
    }

    @Test
    void eventWorkloadsHandleAllRows() {
        List<Workload> all = EventWorkloads.of(Caldb.open(Optional.empty()));
        assertThat(all).hasSizeGreaterThan(17).allSatisfy(w -> assertThat(w.work().run()).as(w.name())
                .isGreaterThanOrEqualTo(EventWorkloads.EVENTS));
    }

    @Test
    void tasksMakeTheWholeChain(@TempDir Path dir) {
        TaskBench.run(dir, 2000, Console.silent());
        try (FitsReader f = FitsReader.open(dir.resolve("b5.evt")); EventChunk all = f.whole(f.need("EVENTS"))) {
            assertThat(Arrays.stream(all.ints("PI")).filter(pi -> pi > 0 && pi < 4096).count()).isGreaterThan(1000);
        }
        TaskBench.clean(dir);
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void eventFileHasTheRowsOfTheArchiveAndDoesNotDependOnChunks(@TempDir Path dir) {
        Path file = dir.resolve("a.evt");
        Path hk = EventMaker.write(file, 20000);
        assertThat(hk).exists();
        try (FitsReader f = FitsReader.open(file); EventChunk all = f.whole(f.need("EVENTS"));
                EventChunk late = EventMaker.chunk(EventMaker.SCHEMA, 17000, 10)) {
            assertThat(f.need("EVENTS").rowBytes()).isEqualTo(221);
            assertThat(all.rows()).isEqualTo(20000);
            short[] pulses = all.shorts("PHAS_INNER3X3");
            assertThat(late.shorts("PHAS_INNER3X3"))
                    .isEqualTo(Arrays.copyOfRange(pulses, 17000 * 9, 17010 * 9));
        }
    }
}
