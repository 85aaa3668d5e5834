// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.model.ModelCaldb;

/** The word CALDB in tasks, and unusable calibration in tasks and runs. */
class CaldbTasksTest {
    @TempDir
    static Path model;
    @TempDir
    Path dir;

    @BeforeAll
    static void make() {
        assumeTrue(System.getenv("CALDB") == null, "CALDB is set: the tasks would not use the model");
        ModelCaldb.write(model);
    }

    private Path events() {
        return SmallEvents.write(dir.resolve("in.evt"), "XRISM", "XTEND");
    }

    private CommandLineRun task(Object... words) {
        List<Object> all = new ArrayList<>(List.of(words));
        all.add(1, "infile=" + dir.resolve("in.evt"));
        all.add("clobber=yes");
        return CommandLineRun.of(all.toArray());
    }

    private static String file(String kind) {
        return model.resolve("xa_xtd_" + kind + "_20190101v001.fits").toString();
    }

    static List<Integer> column(Path file, String name) {
        try (FitsReader f = FitsReader.open(file); EventChunk t = f.whole(f.need("EVENTS"))) {
            return Arrays.stream(t.ints(name)).boxed().toList();
        }
    }

    /** The Hitomi name asks for today's gain, whatever the age of the data (energy-chain section 11.1). */
    @ParameterizedTest
    @CsvSource({"xtdpi, GAIN at MJD 60335., SPLIT_TH at MJD 60335.", "sxipi, GAIN at MJD, SPLIT_TH at any time"})
    void energyTaskTakesTheTablesOfTheIndex(String name, String gain, String split) {
        events();
        Path byIndex = dir.resolve("index.evt");
        Path byName = dir.resolve("name.evt");
        CommandLineRun index = task(name, "outfile=" + byIndex, "randomize=no", "evnoddcor=no", "gainfile=caldb", "-v");
        assertThat(index.err()).contains("MODEL values", gain, split, "DATAMODE.eq.WINDOW1.and.CISTATUS.eq.1",
                "index row 11");
        assertThat(index.code()).isZero();
        assertThat(task(name, "outfile=" + byName, "randomize=no", "evnoddcor=no", "chtrailfile=" + file("chtrail"),
                "ctifile=" + file("cti"), "spthfile=" + file("spth"), "gainfile=" + file("gain"),
                "patternfile=" + file("hitpattern")).code()).isZero();
        assertThat(column(byIndex, "PI")).isEqualTo(column(byName, "PI")).hasSize(SmallEvents.ROWS)
                .allMatch(pi -> pi > 0 && pi < 4095);
        assertThat(column(byIndex, "GRADE")).containsOnly(0);
    }

    @Test
    void coordinatesAndFlagsTakeTheFilesOfTheIndex() {
        events();
        Path a = dir.resolve("a.evt");
        Path b = dir.resolve("b.evt");
        assertThat(task("coordevt", "outfile=" + a, "randomize=no")).extracting(CommandLineRun::code).isEqualTo(0);
        assertThat(task("coordevt", "outfile=" + b, "randomize=no", "teldeffile=" + file("teldef")).code()).isZero();
        assertThat(column(a, "DETX")).isEqualTo(column(b, "DETX")).allMatch(x -> x >= 1 && x <= 1810);
        assertThat(task("xtdflagpix", "outfile=" + a, "echoflag=no").code()).isZero();
        assertThat(task("xtdflagpix", "outfile=" + b, "echoflag=no", "maskfile=" + file("mask") + ".gz",
                "badpixfile=" + file("badpix")).code()).isZero();
        assertThat(column(a, "PHAS")).isEqualTo(column(b, "PHAS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"coordevt", "xtdflagpix", "xtdpi"})
    void dataOfHitomiFindNothing(String name) {
        SmallEvents.write(dir.resolve("in.evt"), "HITOMI", "SXI");
        CommandLineRun run = task(name, "outfile=" + dir.resolve("out.evt"));
        assertThat(run.code()).as(run.err()).isEqualTo(4);
        assertThat(run.err()).contains("calibration is missing", "HITOMI/SXI ", "no row of this kind");
        assertThat(dir.resolve("out.evt")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"coordevt teldeffile teldef.fits", "xtdflagpix maskfile mask.fits.gz",
        "xtdflagpix badpixfile badpix.fits", "xtdpi gainfile gain.fits", "xtdpi patternfile hitpattern.fits",
        "xtdpi ctifile cti.fits"})
    void aTruncatedFileEndsWithFour(String words) throws IOException {
        events();
        String[] w = words.split(" ");
        Path bad = Files.copy(model.resolve("xa_xtd_" + w[2].replace(".fits", "_20190101v001.fits")),
                dir.resolve(w[2]));
        CommandLineRun run = task(w[0], "outfile=" + dir.resolve("out.evt"), w[1] + "=" + Damage.truncate(bad));
        assertThat(run.code()).as(run.err()).isEqualTo(4);
        assertThat(run.err()).contains(bad.toString()).containsPattern("truncated|damaged");
        assertThat(dir.resolve("out.evt")).doesNotExist();
    }

    @Test
    void aWrongUnitEndsWithFour() throws IOException {
        events();
        Path bad = Files.copy(Path.of(file("gain")), dir.resolve("gain.fits"));
        Damage.replace(bad, "TUNIT1  = 's ", "TUNIT1  = 'd ");
        CommandLineRun run = task("xtdpi", "outfile=" + dir.resolve("out.evt"), "evnoddcor=no", "gainfile=" + bad);
        assertThat(run.code()).as(run.err()).isEqualTo(4);
        assertThat(run.err()).contains("column TIME", "another unit", "(d, limit s)");
    }

    private CommandLineRun flow(String command, Path caldb) {
        SmallEvents.write(dir.resolve("obs/xtend/event_uf/xa900000001xtd_p030000010_uf.evt"), "XRISM", "XTEND");
        return CommandLineRun.of(command, dir.resolve("obs"), "--out", dir.resolve("out"), "--caldb", caldb, "--set",
                "evenodd.vtcor=no");
    }

    @Test
    void runsEndWithFourToo() throws IOException {
        CommandLineRun none = flow("run", Files.createDirectories(dir.resolve("empty")));
        assertThat(none.code()).as(none.err()).isEqualTo(4);
        assertThat(none.err()).contains("no calibration database here");
        Path missing = Damage.copy(model, dir.resolve("missing"));
        Files.delete(missing.resolve("xa_xtd_cti_20190101v001.fits"));
        CommandLineRun plan = flow("plan", missing);
        assertThat(plan.code()).as(plan.err()).isEqualTo(4);
        assertThat(plan.err()).contains("index names a file that is missing", "xa_xtd_cti_20190101v001.fits");
        Path half = Damage.copy(model, dir.resolve("half"));
        Damage.truncate(half.resolve("xa_xtd_teldef_20190101v001.fits"));
        CommandLineRun run = flow("run", half);
        assertThat(run.code()).as(run.err()).isEqualTo(4);
        assertThat(run.err()).contains("xa_xtd_teldef_20190101v001.fits");
    }
}
