// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.flow.Plan;
import org.xtendsxi.pipeline.flow.RunOptions;
import org.xtendsxi.pipeline.flow.Runner;
import org.xtendsxi.pipeline.stage.Compat;

/** Directories that start from event lists: their good time, their oddities, their faults. */
@Tag("validation")
class EventListRunTest extends EventListRuns {
    @Test
    void orbitFileCutsTheGoodTime() throws IOException {
        events("p030000010", EVENTS);
        orbit(START + 20);
        assertThat(run("run", observation, "--out", out)).isZero();
        GtiList gti = GtiTable.read(cleaned("p030000010"));
        assertThat(gti.total()).isCloseTo(5 * LIVE, within(1e-6));
        try (FitsReader f = FitsReader.open(cleaned("p030000010")); EventChunk c = f.whole(f.need("EVENTS"))) {
            assertThat(Arrays.stream(c.doubles("TIME")).max().orElseThrow()).isEqualTo(START + 16);
        }
        Path good = out.resolve("xtend/event_uf/xa" + OBSID + "xtd_p030000010_good.gti");
        try (FitsReader f = FitsReader.open(good)) {
            assertThat(GtiTable.read(f, f.need("GTIEHK"))).isEqualTo(GtiList.of(List.of(new Gti(START - 8,
                    START + 20))));
        }
        assertThat(Files.readString(out.resolve("log/run.json"))).contains("GTIEHK").contains("T_SAA_SXI>277");
        assertThat(GtiTable.read(out.resolve("xtend/event_uf/xa" + OBSID + "xtd_p030000010.bimg")))
                .as("echo search without light leak").isEqualTo(GtiList.of(List.of(new Gti(START + 8, START + 51))));
    }

    @Test
    void ingredientsMayBeLeftOutOrReplaced() throws IOException {
        events("p030000010", EVENTS);
        orbit(START + 20);
        assertThat(run("run", observation, "--out", out, "--exit", "screen", "--set", "gti.ehk=NONE")).isZero();
        assertThat(GtiTable.read(cleaned("p030000010")).total()).isCloseTo(11 * LIVE, within(1e-6));
        assertThat(run("run", observation, "--out", out, "--exit", "screen", "--set", "gti.ehk=SAA_SXI==1")).isZero();
        assertThat(GtiTable.read(cleaned("p030000010")).start()).isEqualTo(START + 20);
        assertThat(run("run", observation, "--out", out, "--set", "gti.ehk=NOWHERE>1")).as("unknown column")
                .isEqualTo(3);
        assertThat(run("run", observation, "--out", out, "--set", "gti.ehk=ELV>")).as("broken").isEqualTo(2);
        assertThat(run("run", observation, "--out", out, "--set", "gti.ehk=ELV>1000")).as("no time").isEqualTo(3);
    }

    @Test
    void searchesGiveTheSameInOneReadingAndApart() throws IOException {
        events("p030000010", EVENTS);
        Object[] echo = {"--set", "flags.echomin=1", "--set", "flags.echofrac=0.3", "--set", "flags.echospth=100"};
        assertThat(run(words("run", observation, "--out", out, echo))).isZero();
        Path apart = dir.resolve("apart");
        assertThat(run(words("run", observation, "--out", apart, Stream.concat(Arrays.stream(echo),
                Stream.of("--exit", "calibrate")).toArray()))).isZero();
        assertThat(run(words("run", observation, "--out", apart, echo))).isZero();
        for (String f : List.of("event_uf/xa" + OBSID + "xtd_p030000010_uf.evt", "event_uf/xa" + OBSID
                + "xtd_p030000010.fpix", "event_uf/xa" + OBSID + "xtd_p030000010.bimg",
                "event_cl/xa" + OBSID + "xtd_p030000010_cl.evt")) {
            assertThat(sums(apart.resolve("xtend/" + f))).as(f).isEqualTo(sums(out.resolve("xtend/" + f)));
            assertThat(header(apart.resolve("xtend/" + f))).as(f).isEqualTo(header(out.resolve("xtend/" + f)));
        }
        try (FitsReader f = FitsReader.open(out.resolve("xtend/event_uf/xa" + OBSID + "xtd_p030000010_uf.evt"));
                EventChunk c = f.whole(f.need("EVENTS"))) {
            assertThat(Arrays.stream(c.longs("STATUS")).filter(s -> (s >> 36 & 1) != 0).count())
                    .as("echoes flagged").isPositive();
        }
    }

    @Test
    void noEventsGiveValidEmptyProducts() throws IOException {
        events("p030000010", 0);
        assertThat(run("run", observation, "--out", out)).isZero();
        assertThat(rows(cleaned("p030000010"))).isZero();
        for (String suffix : List.of("src.pha", "src.img", "src.lc", "cal.pha")) {
            Path p = out.resolve("xtend/products/xa" + OBSID + "xtd_p030000010_" + suffix);
            assertThat(sums(p)).as(suffix).isNotEmpty();
        }
        assertThat(out.resolve("report.html")).exists();
    }

    @Test
    void mixedModesHaveTwoOfEverything() throws IOException {
        events("p031200010", EVENTS);
        events("p032000010", 500);
        assertThat(run("run", observation, "--out", out, "--exit", "screen")).isZero();
        assertThat(GtiTable.read(cleaned("p031200010")).total()).isCloseTo(11 * LIVE, within(1e-6));
        assertThat(GtiTable.read(cleaned("p032000010")).total()).isCloseTo(3 * LIVE, within(1e-6));
    }

    @Test
    void slewIsCalibratedUpToTheFocalPlane() throws IOException {
        events("s030000010", EVENTS);
        assertThat(run("run", observation, "--out", out)).isZero();
        assertThat(cleaned("s030000010")).doesNotExist();
        try (FitsReader f = FitsReader.open(out.resolve("xtend/event_uf/xa" + OBSID + "xtd_s030000010_uf.evt"));
                EventChunk c = f.whole(f.need("EVENTS"))) {
            assertThat(c.doubles("X")).containsOnly(Double.NaN);
            assertThat(Arrays.stream(c.doubles("FOCX")).filter(x -> x > 0).count()).isGreaterThan(EVENTS / 2);
        }
    }

    @Test
    void attitudeOfAnotherTimeEndsWithThree() throws IOException {
        events("p030000010", EVENTS);
        attitude(START + 1000, START + 2000);
        assertThat(run("run", observation, "--out", out)).isEqualTo(3);
        assertThat(cleaned("p030000010")).doesNotExist();
    }

    @Test
    void attitudeOfAnotherPlaceLeavesNoGoodTime() throws IOException {
        events("p030000010", EVENTS);
        attitude(START - 8, STOP + 8);
        assertThat(run("run", observation, "--out", out)).isEqualTo(3);
        assertThat(run("run", observation, "--out", out, "--set", "gti.angdist=0")).isZero();
    }

    @Test
    void telDefOfAnotherInstrumentEndsWithFour() throws IOException {
        Path file = events("p030000010", EVENTS);
        byte[] all = Files.readAllBytes(file);
        String text = new String(all, java.nio.charset.StandardCharsets.ISO_8859_1).replace("'XTEND   '", "'RESOLVE '");
        Files.write(file, text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(run("run", observation, "--out", out)).isEqualTo(4);
    }

    @Test
    void theTaskDoesWhatRunDoes() throws IOException {
        events("p030000010", EVENTS);
        orbit(START + 20);
        assertThat(run("xtdpipeline", "indir=" + observation, "outdir=" + out, "steminputs=xa" + OBSID, "clobber=yes",
                "npixnbr=2", "cellsize=5")).isZero();
        Path same = dir.resolve("same");
        assertThat(run("run", observation, "--out", same, "--exit", "screen", "--seed", 7, "--set", "flags.npixnbr=2",
                "--set", "flicker.cellsize=5")).isZero();
        String cl = "xtend/event_cl/xa" + OBSID + "xtd_p030000010_cl.evt";
        assertThat(sums(out.resolve(cl))).isEqualTo(sums(same.resolve(cl)));
        assertThat(out.resolve("xtend/products")).as("exit_stage is 2").doesNotExist();
        assertThat(run("xtdpipeline", "indir=" + observation, "outdir=" + out, "steminputs=xa000000001")).isEqualTo(3);
        assertThat(run("xtdpipeline", "indir=" + observation, "outdir=" + out, "ctifile=mine.fits")).isEqualTo(2);
        assertThat(run("xtdpipeline", "indir=" + observation, "outdir=" + out, "attitude=mine.att")).isEqualTo(3);
        assertThat(run("xtdpipeline", "indir=" + observation, "outdir=" + out, "sxi_mkflabel=A#", "sxi_ehklabel=B#"))
                .isEqualTo(2);
        assertThat(run("sxipipeline", "indir=" + observation, "outdir=" + out, "clobber=yes", "entry_stage=2",
                "xtd_evtlabel=NONE#SUCH")).as("no such label").isEqualTo(4);
        assertThat(run("xtdpipeline", "indir=" + observation, "outdir=" + out, "entry_stage=3")).isEqualTo(2);
        assertThat(run("xtdpipeline", "indir=" + observation, "outdir=" + observation.resolve("x"))).isEqualTo(2);
    }

    /** A script of the task names the folder of the events and every file of the observation. */
    @Test
    void theTaskTakesTheFilesThatItIsGiven() throws IOException {
        events("p030000010", EVENTS);
        orbit(START + 20);
        Path elsewhere = Files.move(auxiliary(".ehk"), dir.resolve("mine.ehk"));
        Path hk = Files.move(observation.resolve("xtend/hk/xa" + OBSID + "xtd_a0.hk"), dir.resolve("mine.hk"));
        assertThat(run("xtdpipeline", "indir=" + observation.resolve("xtend/event_uf"), "outdir=" + out,
                "steminputs=xa" + OBSID, "stemoutputs=xa" + OBSID, "extended_housekeeping=" + elsewhere,
                "housekeeping=" + hk, "makefilter=NONE")).isZero();
        String record = Files.readString(out.resolve("log/run.json"));
        assertThat(record).contains(elsewhere.toString(), hk.toString(), "GTIEHK");
        assertThat(record).as("nothing was given to a stage").doesNotContain("\"given\"");
        assertThat(run("explain", out.resolve("xtend/event_uf/xa" + OBSID + "xtd_p030000010_uf.evt"), "--row", 1))
                .isZero();
        assertThat(run("xtdpipeline", "indir=" + observation, "outdir=" + out, "clobber=yes")).as("no housekeeping")
                .isEqualTo(3);
    }

    @Test
    void wrongConditionsAreToldBeforeAnythingIsWritten() throws IOException {
        events("p030000010", EVENTS);
        assertThat(run("run", observation, "--out", out, "--set", "screen.expression=GRADE<5&&NOWHERE>1")).isEqualTo(3);
        assertThat(run("run", observation, "--out", out, "--set", "screen.expression=GRADE<5&&")).isEqualTo(2);
        assertThat(run("run", observation, "--out", observation.resolve("auxil/new"))).as("output in input")
                .isEqualTo(2);
        assertThat(out.resolve("xtend")).doesNotExist();
    }

    @Test
    void planTellsInputsReasonsAndWhatTheRunChanges() throws IOException {
        events("s030000010", EVENTS);
        events("p030000010", 100);
        RunOptions options = new RunOptions(observation, out, Optional.empty(), Optional.empty(), Optional.empty(), 1,
                "auto", 1, Map.of("flags", Map.of("npixnbr", "2")), Compat.HEASOFT_6_20, false, List.of());
        Plan plan = new Runner(options, Console.silent()).plan();
        assertThat(plan.inputs()).extracting(Plan.Input::path).contains("xtend/hk/xa" + OBSID + "xtd_a0.hk");
        assertThat(plan.sets()).extracting(Plan.DataSet::stem).containsExactly("xa" + OBSID + "xtd_p030000010",
                "xa" + OBSID + "xtd_s030000010");
        assertThat(plan.sets().getFirst().passes()).extracting(Plan.Pass::state).containsOnly("not done before");
        assertThat(plan.sets().getLast().adjusted()).extracting(Plan.Setting::name)
                .containsExactly("flags.echoflag", "coordinates.stopsys");
        assertThat(plan.sets().getLast().passes()).extracting(Plan.Pass::id).doesNotContain("screen");
        assertThat(String.join("\n", plan.lines())).containsPattern("npixnbr +2 pixel +given")
                .containsPattern("bin +16.0 s +default");
        new Runner(options, Console.silent()).run();
        assertThat(new Runner(options, Console.silent()).plan().sets().getFirst().passes()).extracting(Plan.Pass::state)
                .containsOnly("reused");
    }

    @Test
    void compressedTwinEndsWithThreeAndCompressedFilesAreRead() throws IOException {
        Path file = events("p030000010", EVENTS);
        Path twin = file.resolveSibling(file.getFileName() + ".gz");
        try (var to = new GZIPOutputStream(Files.newOutputStream(twin))) {
            Files.copy(file, to);
        }
        assertThat(run("run", observation, "--out", out)).isEqualTo(3);
        Files.delete(file);
        assertThat(run("run", observation, "--out", out, "--exit", "screen")).isZero();
        assertThat(rows(cleaned("p030000010"))).isGreaterThan(EVENTS / 4);
    }
}
