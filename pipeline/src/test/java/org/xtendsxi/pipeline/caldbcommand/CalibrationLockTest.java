// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.index.Caldb;

/** A run repeated from its calibration lock, and stages that are switched off. */
class CalibrationLockTest {
    private static final String EVENTS = "xtend/event_uf/xa900000001xtd_p030000010_uf.evt";
    private static final String GAIN = "xa_xtd_gain_20190101v001.fits";

    @TempDir
    Path dir;
    private Path caldb;

    @BeforeEach
    void observe() {
        caldb = Damage.copy(Caldb.open(Optional.empty()).root(), dir.resolve("caldb"));
        SmallEvents.write(dir.resolve("obs").resolve(EVENTS), "XRISM", "XTEND");
    }

    private CommandLineRun run(String out, Object... more) {
        return CommandLineRun.of(Stream.concat(Stream.of("run", dir.resolve("obs"), "--out", dir.resolve(out),
                "--caldb",
                caldb, "--set", "evenodd.vtcor=no", "--set", "grade.badpixopt=1", "--exit", "calibrate"),
                Stream.of(more)).toArray());
    }

    private String sum(String out) {
        try (FitsReader f = FitsReader.open(dir.resolve(out).resolve(EVENTS))) {
            return f.need("EVENTS").keywords().needText("DATASUM");
        }
    }

    private List<Integer> pi(String out) {
        return CaldbTasksTest.column(dir.resolve(out).resolve(EVENTS), "PI");
    }

    /** A second gain file with twice the gain, of a later row: the index prefers it. */
    private void newerGain() throws IOException {
        Path newer = Files.copy(caldb.resolve(GAIN), caldb.resolve("xa_xtd_gain_20200101v001.fits"));
        Damage.replace(newer, "'2019-01-01'", "'2020-01-01'");
        assertThat(CommandLineRun.of("caldb", "index", caldb).code()).isZero();
    }

    @Test
    @Tag("validation")
    void aGrownDatabaseChangesNothing() throws IOException {
        assertThat(run("first").code()).isZero();
        newerGain();
        assertThat(run("plain").code()).isZero();
        Path lock = dir.resolve("first/log/caldb.lock");
        assertThat(Files.readString(dir.resolve("plain/log/caldb.lock"))).as("the index prefers the newer file")
                .contains("gain_20200101").isNotEqualTo(Files.readString(lock));
        assertThat(run("again", "--caldb-lock", lock)).extracting(CommandLineRun::code).isEqualTo(0);
        assertThat(Files.readString(dir.resolve("again/log/caldb.lock"))).isEqualTo(Files.readString(lock));
        assertThat(sum("again")).isEqualTo(sum("first"));
    }

    @Test
    @Tag("validation")
    void aChangedFileIsRefused() throws IOException {
        assertThat(run("first").code()).isZero();
        byte[] bytes = Files.readAllBytes(caldb.resolve(GAIN));
        bytes[bytes.length - 1] ^= 1;
        Files.write(caldb.resolve(GAIN), bytes);
        CommandLineRun again = run("again", "--caldb-lock", dir.resolve("first/log/caldb.lock"));
        assertThat(again.code()).isEqualTo(4);
        assertThat(again.err()).contains(GAIN, "has changed since the lock", "SHA-256");
        assertThat(dir.resolve("again/xtend")).doesNotExist();
        Files.delete(caldb.resolve(GAIN));
        assertThat(run("again", "--caldb-lock", dir.resolve("first/log/caldb.lock")).err())
                .contains(GAIN, "of the lock is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"not json|3|lock cannot be read", "{}|3|not a calibration lock",
        "[{\"kind\":\"TELDEF\"}]|3|incomplete", "[{\"kind\":\"GAIN\",\"query\":\"x\"}]|4|no calibration for the query"})
    @Tag("validation")
    void aBadLockIsTold(String text, int code, String words) throws IOException {
        Path lock = Files.writeString(dir.resolve("lock"), text, StandardCharsets.UTF_8);
        CommandLineRun run = run("out", "--caldb-lock", lock);
        assertThat(run.err()).contains(words, lock.toString());
        assertThat(run.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"evenodd,vtevnodd", "trail,chtrail", "cti,cti", "pi,gain"})
    @Tag("validation")
    void aStageThatIsOffNeedsNoCalibration(String stage, String file) throws IOException {
        Files.delete(caldb.resolve("xa_xtd_" + file + "_20190101v001.fits"));
        assertThat(run("on").code()).isEqualTo(4);
        assertThat(run("off", "--set", stage + ".enabled=no")).extracting(CommandLineRun::code).isEqualTo(0);
        assertThat(pi("off")).allMatch(pi -> pi > 900 && pi < 1100);
        assertThat(Files.readString(dir.resolve("off/log/run.json"))).contains("\"pulses\"", "\"evenodd\"", "\"trail\"",
                "\"cti\"", "\"grade\"", "\"pi\"");
    }

    @Test
    @Tag("validation")
    void stagesListsEveryContract() {
        CommandLineRun text = CommandLineRun.of("stages");
        assertThat(text.out()).containsSubsequence("  phas ", "  pulses ", "  evenodd ", "VT_EVEN_ODD",
                "27 TEMPERATURE_RANGE", "--set evenodd.enabled=yes", "--set evenodd.deltatime=8  [0..1000000] s",
                "  trail ", "  cti ", "--set cti.passes=2", "  grade ", "  pi ", "  screen ");
        assertThat(CommandLineRun.of("stages", "--json").out())
                .contains("\"id\" : \"evenodd\"", "\"flags\" : [ 27, 28 ]");
    }
}
