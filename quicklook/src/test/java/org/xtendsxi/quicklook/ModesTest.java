// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.pipeline.flow.RunOptions;
import org.xtendsxi.pipeline.flow.Runner;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.quicklook.live.Engine;
import org.xtendsxi.quicklook.store.Sql;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.testdata.config.Effect;

/** In every mode, the quick look of the frames and that of the event list find what a run finds. */
@Tag("validation")
class ModesTest {
    @TempDir
    Path folder;

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> p.toString().endsWith(end)).sorted().toList();
        }
    }

    /** Clean events by data class: number, sum of PI, sum of DETX and DETY. */
    private static Map<String, List<Long>> products(Path run, Map<String, Double> exposure) throws IOException {
        Map<String, List<Long>> out = new TreeMap<>();
        for (Path p : files(run.resolve("xtend/event_cl"), "_cl.evt")) {
            try (FitsReader f = FitsReader.open(p); EventChunk c = f.whole(f.need("EVENTS"))) {
                String data = f.need("EVENTS").keywords().text("DATACLAS").orElseThrow();
                exposure.put(data, f.need("EVENTS").keywords().needReal("EXPOSURE"));
                long[] sum = new long[3];
                for (int i = 0; i < c.rows(); i++) {
                    sum[0]++;
                    sum[1] += c.ints("PI")[i];
                    sum[2] += c.ints("DETX")[i] + 3L * c.ints("DETY")[i];
                }
                out.put(data, List.of(sum[0], sum[1], sum[2]));
            }
        }
        return out;
    }

    private Map<String, List<Long>> quicklook(Path dir, String name, Map<String, Double> live) {
        try (TrendStore s = TrendStore.open(folder.resolve(name)); Sql sql = s.reader();
                Engine e = Bench.engine(dir, s)) {
            e.drain();
            assertThat(e.status().files()).noneMatch(f -> !f.message().isEmpty());
            sql.list("select dataset, sum(live) from cycle group by dataset",
                    r -> live.put(data(r.getString(1)), r.getDouble(2)));
            Map<String, List<Long>> out = new TreeMap<>();
            sql.list("select dataset, count(*), sum(pi), sum(detx::bigint + 3 * dety::bigint) from event where clean"
                    + " group by dataset", r -> out.put(data(r.getString(1)), List.of(r.getLong(2), r.getLong(3),
                            r.getLong(4))));
            return out;
        }
    }

    private static String data(String dataset) {
        return dataset.substring(dataset.lastIndexOf(' ') + 1);
    }

    @ParameterizedTest
    @EnumSource(value = DataMode.class, names = {"WINDOW1BURST", "WINDOW2", "WINDOW2BURST"})
    void eventsAreThoseOfARun(DataMode mode) throws IOException {
        // without hot pixels: the search for flickering ones is left to the run, and would find some of them
        Set<Effect> effects = EnumSet.copyOf(Effect.standard());
        effects.remove(Effect.HOT_PIXELS);
        Path observation = Bench.simulate(Bench.config("900000041", 20).withMode(mode).withCcds(List.of(1, 2))
                .withEffects(effects), folder);
        Path run = folder.resolve("run");
        new Runner(new RunOptions(observation, run, Optional.empty(), Optional.empty(), Optional.of("screen"), 2,
                "auto", 1, Map.of("pulses", Map.of("seed", "1")), Compat.STRICT, true, List.of()),
                Console.silent()).run();
        Map<String, Double> exposure = new TreeMap<>();
        Map<String, List<Long>> expected = products(run, exposure);
        assertThat(expected).hasSize(2);
        Map<String, Double> live = new TreeMap<>();
        assertThat(quicklook(observation, "frames", live)).isEqualTo(expected);
        exposure.forEach((k, v) -> assertThat(live.get(k)).as(k).isCloseTo(v, within(1e-6)));
        Path lists = Files.createDirectories(folder.resolve("lists"));
        for (Path p : files(run.resolve("xtend/event_uf"), "_uf.evt")) {
            Files.copy(p, lists.resolve(p.getFileName()));
        }
        assertThat(quicklook(lists, "lists", new TreeMap<>())).isEqualTo(expected);
    }
}
