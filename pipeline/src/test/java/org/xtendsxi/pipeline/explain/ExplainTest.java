// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.pipeline.cli.Main;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.observation.ObservationWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code sxi explain} on a small simulated observation. */
class ExplainTest {
    private static final String STEM = "xa900000001xtd_p030000010";

    @TempDir
    static Path dir;
    private static Path events;
    private static Path cleaned;

    private record Run(int code, String out) {
    }

    @BeforeAll
    static void simulateAndReduce() {
        Path observation = new ObservationWriter(
                SimulationConfig.of(SceneKind.POINT, 11, 3).withDarkCycles(3), dir).write(2, Console.silent());
        Path out = dir.resolve("out");
        assertThat(Main.run("-q", "run", observation.toString(), "--out", out.toString())).isZero();
        events = out.resolve("xtend/event_uf/" + STEM + "_uf.evt");
        cleaned = out.resolve("xtend/event_cl/" + STEM + "_cl.evt");
    }

    private static Run sxi(Object... words) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            return new Run(Main.run(Arrays.stream(words).map(Object::toString).toArray(String[]::new)),
                    out.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void everyEventIsExplainedAsTheRunReducedIt() {
        try (FitsReader file = FitsReader.open(events); FitsReader clean = FitsReader.open(cleaned);
                EventChunk all = file.whole(file.need("EVENTS"))) {
            Explainer explainer = new Explainer(file, Optional.empty());
            int[] grade = all.ints("GRADE");
            int[] pha = all.ints("PHA");
            int kept = 0;
            assertThat(Arrays.stream(grade).distinct().count()).as("grades seen").isGreaterThan(6);
            for (int i = 0; i < all.rows(); i++) {
                Explanation e = explainer.explain(i + 1);
                assertThat(e.values()).as("row %d", i + 1).allMatch(Explanation.Value::same);
                if (grade[i] >= 0) {
                    assertThat(e.thresholds().getLast().step().grade()).as("row %d", i + 1).isEqualTo(grade[i]);
                    assertThat((int) e.thresholds().getLast().step().sum()).as("row %d", i + 1).isEqualTo(pha[i]);
                } else {
                    assertThat(e.thresholds()).isEmpty();
                }
                kept += e.kept() ? 1 : 0;
            }
            assertThat(kept).isEqualTo((int) clean.need("EVENTS").rows()).isLessThan(all.rows());
        }
    }

    @Test
    void jsonHoldsTheRowOfTheFile() {
        Run run = sxi("--json", "explain", events, "--row", 3);
        assertThat(run.code()).isZero();
        JsonNode root = JsonMapper.builder().build().readTree(run.out());
        try (FitsReader file = FitsReader.open(events); EventChunk all = file.whole(file.need("EVENTS"))) {
            int[] inner = all.ints("PHAS_INNER3X3");
            assertThat(IntStream.range(0, 9).map(k -> root.path("raw").get(k).asInt()).toArray())
                    .containsExactly(Arrays.copyOfRange(inner, 18, 27));
            assertThat(root.path("event").path("RAWX").asInt()).isEqualTo(all.ints("RAWX")[2]);
            assertThat(root.path("steps")).hasSize(5);
            double[] start = IntStream.range(0, 9)
                    .mapToDouble(k -> root.path("steps").get(0).path("pulses").get(k).asDouble()).toArray();
            int[] phas = all.ints("PHAS");
            for (int k = 0; k < 9; k++) {
                assertThat(start[k] - phas[18 + k]).as("deviate of pixel " + k).isGreaterThanOrEqualTo(0).isLessThan(1);
            }
        }
    }

    @Test
    void textShowsGridsRuleAndVerdict() {
        long graded;
        try (FitsReader file = FitsReader.open(events); EventChunk all = file.whole(file.need("EVENTS"))) {
            int[] grade = all.ints("GRADE");
            graded = 1 + IntStream.range(0, grade.length).filter(i -> grade[i] >= 0).findFirst().orElseThrow();
        }
        Run run = sxi("explain", events, "--row", graded);
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("raw pulse heights", "CTI pass 1", "CTI pass 2", "threshold 2:", "the screening")
                .doesNotContain("differs");
        assertThat(run.out().lines()).allMatch(l -> l.length() <= 110 || l.startsWith("event"));
    }

    @Test
    void changedValueIsTold() throws IOException {
        Path changed = Files.copy(events, dir.resolve("changed.evt"));
        try (FitsReader file = FitsReader.open(events);
                RandomAccessFile f = new RandomAccessFile(changed.toFile(), "rw")) {
            Hdu h = file.need("EVENTS");
            long at = h.dataOffset();
            for (Column c : h.columns()) {
                if (c.name().equals("PI")) {
                    break;
                }
                at += c.bytes();
            }
            f.seek(at);
            f.writeShort(4000);
        }
        Run run = sxi("explain", changed, "--row", 1);
        assertThat(run.out()).contains("PI      4000   <- differs: recomputed ", "default parameters");
    }

    @Test
    void screeningIsTakenApartIntoTerms() {
        assertThat(Verdict.terms("STATUS[1]==b0 && (GRADE==0||GRADE==2)&&PI>10"))
                .containsExactly("STATUS[1]==b0", "(GRADE==0||GRADE==2)", "PI>10");
        assertThat(Verdict.terms("PI>10||GRADE==0&&PI>5")).hasSize(1);
    }

    @Test
    void wrongRowAndWrongFile() {
        assertThat(sxi("explain", events, "--row", 0).code()).isEqualTo(2);
        assertThat(sxi("explain", events, "--row", 1_000_000).code()).isEqualTo(2);
        assertThat(sxi("explain", events, "--row", 1, "--caldb", dir).code()).isEqualTo(4);
        assertThat(sxi("explain", events.resolveSibling(STEM + ".bimg"), "--row", 1).code()).isEqualTo(3);
    }
}
