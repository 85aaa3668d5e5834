// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.pipeline.cli.Main;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.observation.ObservationWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code sxi diff} on two reductions of a small simulated observation. */
class DiffTest {
    private static final String EVENTS = "xtend/event_uf/xa900000001xtd_p030000010_uf.evt";
    private static final String CLEANED = "xtend/event_cl/xa900000001xtd_p030000010_cl.evt";

    @TempDir
    static Path dir;
    private static Path a;
    private static Path b;

    @BeforeAll
    static void reduceTwice() {
        Path observation = new ObservationWriter(
                SimulationConfig.of(SceneKind.POINT, 5, 3).withDarkCycles(3), dir).write(2, Console.silent());
        a = dir.resolve("a");
        b = dir.resolve("b");
        assertThat(Main.run("-q", "run", observation.toString(), "--out", a.toString())).isZero();
        assertThat(Main.run("-q", "run", observation.toString(), "--out", b.toString(), "--set",
                "grade.spthcaldb=no", "--set", "grade.spthoffset=20")).isZero();
    }

    private static String sxi(Object... words) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(Arrays.stream(words).map(Object::toString).toArray(String[]::new))).isZero();
            return out.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(before);
        }
    }

    private static JsonNode json(Path x, Path y) {
        return JsonMapper.builder().build().readTree(sxi("--json", "diff", x, y));
    }

    private static JsonNode named(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false).filter(n -> n.path("name").asString("").equals(name))
                .findFirst().orElseThrow();
    }

    private static int[] column(Path run, String name) {
        try (FitsReader f = FitsReader.open(run.resolve(EVENTS)); EventChunk c = f.whole(f.need("EVENTS"))) {
            return c.ints(name);
        }
    }

    @Test
    void differencesAreThoseOfTheColumns() {
        JsonNode columns = named(named(json(a, b).path("files"), EVENTS).path("units"), "EVENTS").path("columns");
        assertThat(columns.findValuesAsString("name")).contains("PHA", "PI", "GRADE")
                .doesNotContain("TIME", "RAWX", "PHAS_INNER3X3", "PHAS", "X");
        int[] x = column(a, "GRADE");
        int[] y = column(b, "GRADE");
        int rows = 0;
        int first = 0;
        int largest = 0;
        for (int i = 0; i < x.length; i++) {
            if (x[i] != y[i]) {
                first = rows++ == 0 ? i + 1 : first;
                largest = Math.max(largest, Math.abs(y[i] - x[i]));
            }
        }
        JsonNode grade = named(columns, "GRADE");
        assertThat(rows).isPositive();
        assertThat(grade.path("rows").asInt()).isEqualTo(rows);
        assertThat(grade.path("firstRow").asInt()).isEqualTo(first);
        assertThat(Math.abs(grade.path("largest").asDouble())).isEqualTo(largest);
    }

    @Test
    void causeIsTheParameters() {
        assertThat(json(a, b).path("causes").findValuesAsString("name"))
                .containsExactly("parameter grade.spthcaldb", "parameter grade.spthoffset");
        assertThat(sxi("diff", a.resolve(EVENTS), b.resolve(EVENTS))).contains("grade.spthoffset", "15.0 -> 20");
    }

    @Test
    void tablesOfDifferentLengthPartAtARow() {
        assertThat(sxi("diff", a.resolve(CLEANED), b.resolve(CLEANED)))
                .containsPattern("rows \\d+ and \\d+, the same up to");
    }

    @Test
    void sameRunHasNoDifference() {
        JsonNode root = json(a, a);
        assertThat(root.path("files")).isEmpty();
        assertThat(root.path("compared").asInt()).isGreaterThan(6);
        assertThat(sxi("diff", a, a)).contains("no difference");
    }

    @Test
    void missingFileAndChangedKeywordAreTold() throws IOException {
        Path c = Files.createDirectories(dir.resolve("c"));
        Path d = Files.createDirectories(dir.resolve("d"));
        byte[] bytes = Files.readAllBytes(a.resolve(EVENTS));
        Files.write(c.resolve("x.evt"), bytes);
        Files.write(c.resolve("only.txt"), bytes);
        String header = new String(bytes, 0, 2880, StandardCharsets.US_ASCII);
        bytes[header.indexOf("'XTEND") + 1] = 'Y';
        Files.write(d.resolve("x.evt"), bytes);
        assertThat(sxi("diff", c, d)).contains("only.txt: only in A", "INSTRUME  XTEND -> YTEND", "cause: not known");
    }

    @Test
    void wrongWordsEndWithAnError() {
        assertThat(Main.run("diff", a.toString(), b.resolve(EVENTS).toString())).isEqualTo(2);
        assertThat(Main.run("diff", a.toString(), dir.resolve("none").toString())).isEqualTo(3);
    }
}
