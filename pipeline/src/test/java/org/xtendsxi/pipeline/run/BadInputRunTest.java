// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.pipeline.caldbcommand.CommandLineRun;

/** Input that cannot be used ends with the documented code, says where and what to do, and leaves nothing half done. */
@Tag("non-regression")
class BadInputRunTest extends EventListRuns {
    private static final String SET = "p030000010";

    @BeforeEach
    void observation() throws IOException {
        events(SET, 500);
        Files.createDirectories(auxiliary("").getParent());
    }

    private void refused(int code, List<String> said, Object... more) throws IOException {
        CommandLineRun r = CommandLineRun.of(words("run", observation, "--out", out, more));
        assertThat(r.code()).as(r.err()).isEqualTo(code);
        assertThat(r.err()).contains(said);
        if (Files.exists(out)) {
            try (Stream<Path> left = Files.walk(out)) {
                assertThat(left.filter(p -> p.toString().contains("_cl.evt") || p.toString().contains("products/")))
                        .isEmpty();
            }
        }
    }

    /** A copy of the model calibration without some files; the index stays as it is, or loses a kind. */
    private Path calibration(String without) throws IOException {
        Path copy = Files.createDirectories(dir.resolve("caldb"));
        CommandLineRun.of("caldb", "model", "--out", copy);
        if (!without.isEmpty()) {
            try (Stream<Path> all = Files.list(copy)) {
                for (Path p : all.filter(f -> f.getFileName().toString().contains(without)).toList()) {
                    Files.delete(p);
                }
            }
            Files.delete(copy.resolve("caldb.indx"));
            assertThat(CommandLineRun.of("caldb", "index", copy).code()).isZero();
        }
        return copy;
    }

    @Test
    void telDefOfAnotherInstrument() throws IOException {
        Path copy = calibration("");
        Path teldef = copy.resolve("xa_xtd_teldef_20190101v001.fits");
        byte[] bytes = Files.readAllBytes(teldef);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] changed = text.replace("INSTRUME= 'XTEND   '", "INSTRUME= 'RESOLVE '")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Arrays.equals(bytes, changed)).isFalse();
        Files.write(teldef, changed);
        refused(4, List.of("xa_xtd_teldef_20190101v001.fits", "TelDef file is of another instrument", "RESOLVE",
                "XTEND"), "--caldb", copy);
    }

    @Test
    void attitudeOfAnotherTime() throws IOException {
        attitude(START + 1000, START + 2000);
        refused(3, List.of("attitude does not cover the events", ".att[ATTITUDE] (column TIME)",
                "240001000..240002000"));
        assertThat(out.resolve("xtend")).doesNotExist();
    }

    @Test
    void goodTimeThatIsEmptyOrRunsBackwards() throws IOException {
        gti("xtd_tel.gti", Map.of("GTITEL", new double[0]));
        refused(3, List.of("xtd_tel.gti[GTITEL]: good time is empty (0 rows"));
        assertThat(out.resolve("xtend")).as("told before the first event").doesNotExist();
        gti("xtd_tel.gti", Map.of("GTITEL", new double[] {START + 20, START + 10}));
        refused(3, List.of("xtd_tel.gti[GTITEL] (row 1, column STOP)", "runs backwards"));
    }

    @Test
    void regionOfAnUnknownShape() throws IOException {
        Path region = Files.writeString(dir.resolve("bad.reg"), "image\ncircle(100,100,5)\nbanana(100,100,10)\n");
        refused(3, List.of("bad.reg", "line 3", "banana"), "--set", "products.region=" + region);
        assertThat(out.resolve("xtend")).doesNotExist();
    }

    @Test
    void vignettingComesFromTheDatabaseOrItsAbsenceIsTold() throws IOException {
        refused(4, List.of("calibration is missing", "VIGNET"), "--caldb", calibration("vignet"), "--set",
                "products.vignetting=CALDB");
        assertThat(out.resolve("xtend")).doesNotExist();
        assertThat(run("run", observation, "--out", out, "--set", "products.vignetting=CALDB")).isZero();
        try (FitsReader f = FitsReader.open(out.resolve("xtend/products/xa" + OBSID + "xtd_" + SET + ".expo"))) {
            assertThat(String.join("\n", f.primary().keywords().history()))
                    .containsPattern("(?s)vignetting xa_xt.?d_vignet");
        }
        assertThat(Files.readString(out.resolve("log/run.json"))).contains("\"VIGNET\"");
    }
}
