// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.pipeline.flow.RunOptions;
import org.xtendsxi.pipeline.flow.Runner;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.quicklook.live.Engine;
import org.xtendsxi.quicklook.store.SourceFile;
import org.xtendsxi.quicklook.store.Sql;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.quicklook.view.Status;
import org.xtendsxi.quicklook.view.View;
import org.xtendsxi.quicklook.view.ViewQuery;

/** Files into the store: the numbers are those of a run, and nothing is lost or doubled whatever happens to files. */
@Tag("validation")
class IngestionTest {
    private static final String FRAMES = "xtend/frames/xa900000001xtd_p030000010_fr.fits";
    private static final String DARKS = "xtend/frames/xa900000001xtd_p030000010_dk.fits";
    private static final int CYCLES = 30;
    private static final String SUMS =
            "select count(*), sum(events), sum(clean), sum(lamp), round(sum(live), 6), sum(framenum) from cycle";

    @TempDir
    static Path shared;
    private static Path observation;
    private static String expected;

    @TempDir
    Path folder;

    @BeforeAll
    static void simulate() {
        observation = Bench.simulate(Bench.config("900000001", CYCLES), shared);
        try (TrendStore s = TrendStore.open(shared.resolve("reference")); Engine e = Bench.engine(observation, s)) {
            e.drain();
            expected = sums(s);
        }
    }

    private static String sums(TrendStore s) {
        try (Sql sql = s.reader()) {
            return sql.list(SUMS, r -> r.getString(1) + " " + r.getString(2) + " " + r.getString(3) + " "
                    + r.getString(4)
                    + " " + r.getString(5) + " " + r.getString(6)).getFirst()
                    + " " + sql.number("select count(*) from segment") + " " + sql.number("select count(*) from event")
                    + " " + sql.number("select sum(pi::bigint * (detx::bigint + 3 * dety::bigint + 7 * grade::bigint))"
                            + " from event where clean");
        }
    }

    @Test
    void numbersAreThoseOfARun() {
        Path out = folder.resolve("run");
        new Runner(new RunOptions(observation, out, Optional.empty(), Optional.empty(), Optional.of("screen"), 2,
                "auto", 1,
                Map.of("pulses", Map.of("seed", "1")), Compat.STRICT, true, List.of()), Console.silent()).run();
        String stem = "xa900000001xtd_p030000010";
        try (TrendStore s = TrendStore.open(folder.resolve("store")); Engine e = Bench.engine(observation, s)) {
            e.drain();
            View v = e.view(ViewQuery.FIRST).join();
            try (FitsReader f = FitsReader.open(out.resolve("xtend/event_cl/" + stem + "_cl.evt"));
                    EventChunk c = f.whole(f.need("EVENTS"))) {
                long[] counts = new long[v.spectrum().counts().length];
                int[] pi = c.ints("PI");
                long[] status = c.longs("STATUS");
                for (int i = 0; i < pi.length; i++) {
                    if ((status[i] & 2) != 0) {
                        counts[pi[i]]++;
                    }
                }
                assertThat(v.spectrum().counts()).isEqualTo(counts);
                assertThat(v.image().total()).isEqualTo(c.rows());
                assertThat(e.status().totals().clean()).isEqualTo(c.rows());
                assertThat(v.spectrum().exposure()).isCloseTo(f.need("EVENTS").keywords().needReal("EXPOSURE"),
                        within(1e-6));
            }
            try (FitsReader f = FitsReader.open(out.resolve("xtend/event_uf/xa900000001xtd_a0exp.fits"));
                    EventChunk c = f.whole(f.need("EXPOSURE"))) {
                String[] names = c.schema().columns().stream().map(x -> x.name()).filter(n -> n.contains("NOISE"))
                        .toArray(String[]::new);
                double[] even = c.doubles(names[0]);
                Status.Segment last = e.status().segments().getLast();
                assertThat(last.noiseEven()).as(Arrays.toString(names)).isCloseTo(even[even.length - 1], within(5e-5));
            }
        }
    }

    @Test
    void aGrowingFileIsTakenCycleByCycleAndARestartGoesOn() throws IOException {
        Path dir = folder.resolve("dir");
        Path growing = dir.resolve(FRAMES);
        Files.createDirectories(growing.getParent());
        Files.copy(observation.resolve(DARKS), dir.resolve(DARKS));
        for (long rows : new long[] {1, 5, 30, 31, 77, 119}) {
            Bench.partial(observation.resolve(FRAMES), growing, rows, rows == 31 ? 1000 : 0);
            try (TrendStore s = TrendStore.open(folder.resolve("store")); Sql sql = s.reader()) {
                // a new engine every time: the process was killed in between
                take(dir, s);
                assertThat(sql.number("select count(*) from cycle")).as("%d rows", rows).isEqualTo((rows - 1) / 4);
            }
        }
        Path renamed = growing.resolveSibling("xa900000001xtd_p030000010_fr2.fits");
        Files.delete(growing);
        Files.copy(observation.resolve(FRAMES), renamed);
        try (TrendStore s = TrendStore.open(folder.resolve("store")); Engine e = Bench.engine(dir, s)) {
            e.drain();
            assertThat(sums(s)).isEqualTo(expected);
            Files.copy(renamed, growing);
            e.drain();
            assertThat(sums(s)).as("a copy adds nothing").isEqualTo(expected);
        }
    }

    /** One look at everything, without the end of the data being told. */
    private static void take(Path dir, TrendStore s) {
        try (Engine e = Bench.engine(dir, s)) {
            e.look();
        }
    }

    @Test
    void badFilesAreNamedAndDisturbNothing() throws IOException {
        Path dir = folder.resolve("dir");
        Path frames = dir.resolve(FRAMES);
        Files.createDirectories(frames.getParent());
        Files.copy(observation.resolve(DARKS), dir.resolve(DARKS));
        Files.copy(observation.resolve(FRAMES), frames);
        byte[] whole = Files.readAllBytes(frames);
        Files.write(frames.resolveSibling("truncated_fr.fits"), Arrays.copyOf(whole, whole.length / 2));
        Files.write(frames.resolveSibling("noise.fits"), new byte[5000]);
        Map<String, Long> before = sizes(dir);
        try (TrendStore s = TrendStore.open(folder.resolve("store")); Engine e = Bench.engine(dir, s)) {
            e.drain();
            assertThat(sums(s)).isEqualTo(expected);
            List<SourceFile> bad = e.status().files().stream().filter(f -> f.state() == SourceFile.State.BAD).toList();
            assertThat(bad).hasSize(2).allSatisfy(f -> assertThat(f.message()).contains(".fits"));
            assertThat(e.status().alarms()).anySatisfy(a -> assertThat(a.quantity()).isEqualTo("bad-files"));
        }
        assertThat(sizes(dir)).isEqualTo(before);
    }

    private static Map<String, Long> sizes(Path dir) throws IOException {
        Map<String, Long> out = new TreeMap<>();
        try (var all = Files.walk(dir)) {
            for (Path p : all.toList()) {
                out.put(p.toString() + Files.getLastModifiedTime(p), Files.isRegularFile(p) ? Files.size(p) : 0);
            }
        }
        return out;
    }
}
