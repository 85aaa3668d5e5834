// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.IndexLock;
import org.xtendsxi.calib.common.LineEvents;
import org.xtendsxi.pipeline.cli.Main;

/** One file makes a database, or says what is wrong with it before anything is done. */
@Tag("validation")
class RecipeCommandTest {
    private static final String HEAD = """
            title: a test
            valid-from: 2026-08-01
            data:
              fe55: {events: ["lists/*.evt"]}
            steps:
            """;

    @TempDir
    static Path dir;

    @BeforeAll
    static void generate() {
        LineEvents.of(12_000, 4, s -> 6.15).write(dir.resolve("lists/a.evt"));
        LineEvents.of(12_000, 5, s -> 6.15).write(dir.resolve("lists/b.evt"));
    }

    private static int run(String recipe, String out) throws IOException {
        return Main.run("-q", "calib", "recipe", Files.writeString(dir.resolve(out + ".yaml"), recipe).toString(),
                "--out",
                dir.resolve(out).toString());
    }

    @Test
    void stepsBuildOnEachOther() throws IOException {
        assertThat(run(HEAD + """
                  - {task: evenodd, data: fe55}
                  - {task: gain, data: fe55, options: {lines: "MnKa,MnKb", any-source: true}}
                  - {task: gain, name: again, data: fe55, publish: false}
                """, "good")).isZero();
        Caldb made = Caldb.open(Optional.of(dir.resolve("good/caldb")));
        assertThat(made.entries()).extracting(e -> e.file().toString()).contains("xa_xtd_vtevnodd_20260801v002.fits",
                "xa_xtd_gain_20260801v002.fits", "xa_xtd_gain_20190101v001.fits");
        assertThat(made.entries()).extracting(CaldbEntry::quality).containsOnly(0);
        assertThat(dir.resolve("good/steps/03-again/xa_xtd_gain_20260801v003.fits")).as("a step sees those before")
                .exists();
        assertThat(dir.resolve("good/report.html")).content().contains("xa_xtd_gain_20260801v002");
        assertThat(dir.resolve("good/log/recipe.json")).content().contains("\"status\" : \"done\"", "a.evt", "b.evt");
        assertThat(run(HEAD + "  - {task: gain, data: fe55}\n", "good")).as("not empty").isEqualTo(5);
    }

    @Test
    void aStepThatFailsLeavesNoDatabase() throws IOException {
        assertThat(run(HEAD + "  - {task: gain, data: fe55, options: {min-counts: 1000000}}\n", "failed")).isEqualTo(3);
        assertThat(dir.resolve("failed/caldb")).doesNotExist();
        assertThat(dir.resolve("failed/log/recipe.json")).content().contains("\"status\" : \"failed\"",
                "too few events");
    }

    /** A run that failed in its second step goes on there; the first one keeps its file to the last byte. */
    @Test
    void anInterruptedRunGoesOn() throws IOException {
        String first = "  - {task: evenodd, data: fe55}\n";
        assertThat(run(HEAD + first + "  - {task: gain, data: fe55, options: {min-counts: 1000000}}\n", "again"))
                .isEqualTo(3);
        Path file = dir.resolve("again/steps/01-evenodd/xa_xtd_vtevnodd_20260801v002.fits");
        FileTime made = Files.getLastModifiedTime(file);
        // what a process that was killed leaves
        Files.createDirectories(dir.resolve("again/steps/02-gain"));
        Files.writeString(dir.resolve("again/steps/02-gain/xa_xtd_gain_20260801v002.fits"), "half");
        String good = HEAD + first + "  - {task: gain, data: fe55, options: {lines: MnKa}}\n";
        assertThat(run(good, "again")).isZero();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(made);
        assertThat(dir.resolve("again/log/recipe.json")).content()
                .contains("\"reused\" : true", "\"status\" : \"done\"");
        assertThat(run(good, "whole")).isZero();
        for (String name : List.of("xa_xtd_vtevnodd_20260801v002.fits", "xa_xtd_gain_20260801v002.fits")) {
            assertThat(gains(dir.resolve("again/caldb").resolve(name))).isEqualTo(gains(dir.resolve("whole/caldb")
                    .resolve(name)));
        }
        assertThat(dir.resolve("again/caldb.part")).doesNotExist();
        assertThat(run(good, "again")).as("done").isEqualTo(5);
    }

    /** A second run in the folder of one that is under way would take its files for those of an interrupted one. */
    @Test
    @SuppressWarnings("try")
    void twoRunsInOneFolderAreRefused() throws IOException {
        String recipe = HEAD + "  - {task: gain, data: fe55, options: {min-counts: 1000000}}\n";
        assertThat(run(recipe, "busy")).isEqualTo(3);
        String record = Files.readString(dir.resolve("busy/log/recipe.json"));
        try (IndexLock first = IndexLock.of(dir.resolve("busy/recipe"))) {
            assertThat(run(HEAD + "  - {task: gain, data: fe55}\n", "busy")).isEqualTo(5);
        }
        assertThat(dir.resolve("busy/log/recipe.json")).hasContent(record);
        assertThat(run(HEAD + "  - {task: gain, data: fe55}\n", "busy")).as("after its end").isZero();
    }

    @Test
    void aRunOfOtherDataIsNotContinued() throws IOException {
        Path events = dir.resolve("own/c.evt");
        LineEvents.of(12_000, 6, s -> 6.15).write(events);
        String recipe = HEAD.replace("lists/*", "own/*")
                + "  - {task: gain, data: fe55, options: {min-counts: 1000000}}\n";
        assertThat(run(recipe, "other")).isEqualTo(3);
        LineEvents.of(12_000, 7, s -> 6.15).write(Files.createDirectories(dir.resolve("new")).resolve("c.evt"));
        Files.move(dir.resolve("new/c.evt"), events, StandardCopyOption.REPLACE_EXISTING);
        assertThat(run(recipe, "other")).as("data").isEqualTo(5);
    }

    /** Data of the first table, which is what was found. */
    private static List<Double> gains(Path file) {
        try (FitsReader f = FitsReader.open(file); EventChunk t = f.whole(f.hdus().get(1))) {
            return t.schema().columns().stream().filter(c -> c.type() == ColumnType.DOUBLE)
                    .flatMap(c -> Arrays.stream(t.doubles(c.name())).boxed()).toList();
        }
    }

    @Test
    void nonsenseIsRefusedBeforeTheFirstStep() throws IOException {
        assertThat(run(HEAD + "  - {task: gian, data: fe55}\n", "bad")).as("task").isEqualTo(2);
        assertThat(run(HEAD + "  - {task: publish, data: fe55}\n", "bad")).as("no task that makes a file").isEqualTo(2);
        assertThat(run(HEAD + "  - {task: gain, data: fe56}\n", "bad")).as("data").isEqualTo(2);
        assertThat(run(HEAD + "  - {task: gain, data: fe55, options: {liens: MnKa}}\n", "bad")).as("option")
                .isEqualTo(2);
        assertThat(run(HEAD + "  - {task: gain, data: fe55, options: {out: x}}\n", "bad")).as("out").isEqualTo(2);
        assertThat(run(HEAD + "  - {task: gain, data: fe55, options: {lines: '@dark'}}\n", "bad")).as("order")
                .isEqualTo(2);
        assertThat(run(HEAD + "  - {task: gain, data: fe55}\n  - {task: gain, data: fe55}\n", "bad")).as("names")
                .isEqualTo(2);
        assertThat(run(HEAD + "  - {task: gain, data: fe55, opts: {}}\n", "bad")).as("key").isEqualTo(2);
        assertThat(run(HEAD.replace("*.evt", "*.fits") + "  - {task: gain, data: fe55}\n", "bad")).as("files")
                .isEqualTo(2);
        assertThat(run("steps: [", "bad")).as("YAML").isEqualTo(2);
        assertThat(run(HEAD + "  - {data: fe55}\n", "bad")).as("no task").isEqualTo(2);
        assertThat(run(HEAD + "  - {task: gain, data: fe55, name: ../x}\n", "bad")).as("no folder").isEqualTo(2);
        assertThat(run("caldb: nowhere\n" + HEAD + "  - {task: gain, data: fe55}\n", "bad")).as("database")
                .isEqualTo(4);
        assertThat(run("title: nothing\n", "bad")).as("no steps").isEqualTo(2);
        assertThat(dir.resolve("bad")).doesNotExist();
    }
}
