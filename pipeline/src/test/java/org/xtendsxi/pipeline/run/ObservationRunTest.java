// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.pipeline.cli.Main;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.observation.ObservationWriter;
import org.xtendsxi.testdata.truth.PhotonCheck;

/** The whole flow on a small simulated observation, through the command line. */
class ObservationRunTest {
    private static final String STEM = "xa900000001xtd_p030000010";
    private static final String HOT_PIXELS = "xa900000001xtd_a030000010.hpix";
    private static final String FRAMES = "xtend/frames/" + STEM + "_fr.fits";

    @TempDir
    static Path shared;
    @TempDir
    Path dir;

    private static Path observation;
    private static Path reduced;

    @BeforeAll
    static void simulateAndReduce() {
        observation = new ObservationWriter(
                SimulationConfig.of(SceneKind.POINT, 7, 12).withDarkCycles(12), shared).write(2, Console.silent());
        reduced = shared.resolve("reduced");
        assertThat(run("run", observation, "--out", reduced, "--threads", 1)).isZero();
    }

    private static int run(Object... words) {
        return Main.run(Stream.concat(Stream.of("-q"), Arrays.stream(words).map(Object::toString))
                .toArray(String[]::new));
    }

    /** Digests of all FITS data, headers left out because they carry dates. */
    private static Map<String, String> data(Path out) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out.resolve("xtend"))) {
            for (Path p : files.filter(f -> Files.isRegularFile(f) && !f.toString().endsWith(".png")).toList()) {
                try (FitsReader r = FitsReader.open(p)) {
                    all.put(out.relativize(p).toString(), r.hdus().stream()
                            .map(h -> h.name() + h.keywords().needText("DATASUM")).toList().toString());
                }
            }
        }
        return all;
    }

    @Test
    void threadsChangeNothing() throws IOException {
        Path two = dir.resolve("two");
        assertThat(run("run", observation, "--out", two, "--threads", 2)).isZero();
        assertThat(data(two)).isEqualTo(data(reduced)).hasSizeGreaterThan(6);
    }

    @Test
    void secondRunReusesEveryPass() throws IOException {
        Map<String, String> before = new TreeMap<>();
        try (Stream<Path> files = Files.walk(reduced.resolve("xtend"))) {
            files.filter(Files::isRegularFile).forEach(f -> before.put(f.toString(), Digest.of(f)));
        }
        assertThat(run("run", observation, "--out", reduced)).isZero();
        before.forEach((f, digest) -> assertThat(Digest.of(Path.of(f))).as(f).isEqualTo(digest));
        assertThat(Files.readString(reduced.resolve("log/run.json"))).contains("\"reused\"")
                .doesNotContain("\"failed\"");
    }

    @Test
    void changedParameterRunsOnlyWhatDependsOnIt() throws IOException {
        Path out = dir.resolve("again");
        assertThat(run("run", observation, "--out", out)).isZero();
        assertThat(run("run", observation, "--out", out, "--set", "grade.spthcaldb=no", "--set",
                "grade.spthoffset=20")).isZero();
        String record = Files.readString(out.resolve("log/run.json"));
        assertThat(record.indexOf("\"reused\"")).isBetween(record.indexOf("events:"), record.indexOf("calibrate:"));
        assertThat(run("run", observation, "--out", out, "--set", "grade.spthcaldb=yes")).isZero();
        assertThat(data(out)).isEqualTo(data(reduced));
    }

    @Test
    void ownEventListIsTheSecondEntrance() throws IOException {
        Path events = dir.resolve("900000001/xtend/event_uf");
        Files.createDirectories(events);
        for (String name : List.of(STEM + "_uf.evt", HOT_PIXELS)) {
            Files.copy(reduced.resolve("xtend/event_uf/" + name), events.resolve(name));
        }
        Path out = dir.resolve("fromlist");
        assertThat(run("run", dir.resolve("900000001"), "--out", out)).as("without housekeeping").isEqualTo(3);
        assertThat(run("run", dir.resolve("900000001"), "--out", out, "--set", "evenodd.vtcor=no")).isZero();
        Map<String, String> expected = data(reduced);
        expected.remove("xtend/event_uf/xa900000001xtd_a0exp.fits");
        expected.remove("xtend/event_uf/" + HOT_PIXELS);
        expected.keySet().removeIf(name -> name.matches(".*_(seg|mode|tel|good)\\.gti"));
        Map<String, String> found = data(out);
        found.keySet().removeIf(name -> name.endsWith("_good.gti"));
        assertThat(found).as("all but what only frames tell").isEqualTo(expected);
    }

    @Test
    void exposureIsTheLiveTimeOfTheFrames() {
        assertThat(GtiTable.read(reduced.resolve("xtend/event_cl/" + STEM + "_cl.evt")).total())
                .isCloseTo(12 * 3.963136, within(1e-6));
    }

    @Test
    @Tag("validation")
    void truthIsRecovered() {
        var verdicts = new PhotonCheck().check(observation, reduced.resolve("xtend/event_cl/" + STEM + "_cl.evt"));
        assertThat(verdicts).hasSizeGreaterThan(5).allSatisfy(v -> assertThat(v.good()).as(v.toString()).isTrue());
    }

    @Test
    void truncatedFramesEndWithThree() throws IOException {
        Path broken = copy();
        try (RandomAccessFile f = new RandomAccessFile(broken.resolve(FRAMES).toFile(), "rw")) {
            f.setLength(f.length() / 2);
        }
        assertThat(run("run", broken, "--out", dir.resolve("x"))).isEqualTo(3);
        assertThat(dir.resolve("x")).doesNotExist();
    }

    @Test
    void wrongShapeOfFramesEndsWithThree() throws IOException {
        Path broken = copy();
        byte[] all = Files.readAllBytes(broken.resolve(FRAMES));
        int at = new String(all, 0, 28800, StandardCharsets.US_ASCII).indexOf("(340,648)");
        System.arraycopy("(648,340)".getBytes(StandardCharsets.US_ASCII), 0, all, at, 9);
        Files.write(broken.resolve(FRAMES), all);
        assertThat(run("run", broken, "--out", dir.resolve("x"))).isEqualTo(3);
    }

    @Test
    void wrongWordsEndWithTwo() {
        assertThat(run("run", observation, "--out", dir.resolve("x"), "--treads", "2")).isEqualTo(2);
        assertThat(run("run", observation, "--out", dir.resolve("x"), "--set", "extraction.limt=2")).isEqualTo(2);
        assertThat(run("run", observation, "--out", dir.resolve("x"), "--set", "extraction.limit=many")).isEqualTo(2);
        assertThat(run("run", observation, "--out", observation.resolve("inside"))).isEqualTo(2);
        assertThat(run("rnu")).isEqualTo(2);
    }

    @Test
    void missingCalibrationEndsWithFour() {
        assertThat(run("run", observation, "--out", dir.resolve("x"), "--caldb", dir)).isEqualTo(4);
    }

    @Test
    void unwritableOutputEndsWithFive() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "not a folder");
        assertThat(run("run", observation, "--out", file.resolve("x"))).isEqualTo(5);
    }

    @Test
    void planRunsNothing() {
        assertThat(run("plan", observation, "--out", dir.resolve("x"))).isZero();
        assertThat(dir.resolve("x")).doesNotExist();
    }

    private Path copy() throws IOException {
        Path to = dir.resolve("900000001");
        for (String f : List.of(FRAMES, "xtend/frames/" + STEM + "_dk.fits")) {
            Files.createDirectories(to.resolve(f).getParent());
            Files.copy(observation.resolve(f), to.resolve(f));
        }
        return to;
    }
}
