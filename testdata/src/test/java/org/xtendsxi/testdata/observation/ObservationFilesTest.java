// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.FrameTiming;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SceneModel;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.frames.FramePlan;
import org.xtendsxi.testdata.truth.ConfigFile;

/** Whole observations: threads, modes and validity of the files. */
class ObservationFilesTest {
    private static final int[] NODES_BD = {1, 0, 1, 0, 0, 1, 1, 0};

    @TempDir
    Path dir;

    private Path write(SimulationConfig c, String name, int threads) {
        return new ObservationWriter(c, dir.resolve(name)).write(threads, Console.silent());
    }

    private static Path frames(Path observation, FramePlan plan, String suffix) {
        return observation.resolve("xtend/frames/xa" + observation.getFileName() + "xtd_p0" + plan.dataClass() + "_"
                + suffix + ".fits");
    }

    @Test
    void threadsDoNotChangeAByte() throws IOException {
        SimulationConfig c = SimulationConfig.of(SceneKind.POINT, 3, 2).withDarkCycles(1).withCcds(List.of(1));
        Path one = write(c, "one", 1);
        Path two = write(c, "two", 2);
        List<Path> files;
        try (Stream<Path> all = Files.walk(one)) {
            files = all.filter(Files::isRegularFile).map(one::relativize).sorted().toList();
        }
        assertThat(files).hasSize(6);
        for (Path f : files) {
            assertThat(dateless(one.resolve(f))).as(f.toString()).isEqualTo(dateless(two.resolve(f)));
        }
        assertThat(dateless(frames(one, FramePlan.of(c).getFirst(), "fr"))).as("another seed gives other data")
                .isNotEqualTo(dateless(frames(write(SimulationConfig.of(SceneKind.POINT, 4, 2).withDarkCycles(1)
                        .withCcds(List.of(1)), "other", 2), FramePlan.of(c).getFirst(), "fr")));
    }

    /** Content of a file without the moment of its making. */
    private static String dateless(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .replaceAll("(DATE    |CHECKSUM)=.{71}", "$1");
    }

    @ParameterizedTest
    @EnumSource(DataMode.class)
    void headersAndTruthOfEveryModeReadBack(DataMode mode) {
        DetectorModel d = DetectorModel.standard().withGeometry(new FrameGeometry(3, 320, 5, 2, 640, 1))
                .with(2.5, 0.2, NODES_BD).withInverted(true);
        SimulationConfig c = SimulationConfig.of(SceneKind.POINT, 8, 2).withMode(mode).withDarkCycles(1).withDetector(d)
                .withScene(SceneModel.of(SceneKind.POINT).withRates(5, 40, 5)).withCcds(List.of(1, 3));
        Path o = write(c, mode.name(), 2);
        assertThat(ConfigFile.read(o.resolve("truth/simulation.json"))).usingRecursiveComparison().isEqualTo(c);
        for (FramePlan p : FramePlan.of(c)) {
            for (String suffix : List.of("fr", "dk")) {
                try (FrameReader r = FrameReader.open(frames(o, p, suffix))) {
                    assertThat(r.header()).usingRecursiveComparison().isEqualTo(p.header());
                    assertThat(r.rows()).isEqualTo(p.ccds().size() * 2L * (suffix.equals("fr") ? 2 : 1));
                    SegmentFrame first = r.readIndex(0);
                    assertThat(first.type()).isEqualTo(suffix.equals("fr") ? FrameType.RAW : FrameType.DARK);
                    assertThat(first.readNode()).isEqualTo(NODES_BD[2 * first.ccdId()]);
                }
            }
        }
        photonsFit(c, o.resolve("truth/photons.fits"));
    }

    /** Photons lie in the live time of their sub-exposure, in the window, and where RAW coordinates say. */
    private static void photonsFit(SimulationConfig c, Path photons) {
        try (FitsReader f = FitsReader.open(photons); EventChunk t = f.whole(f.need("PHOTONS"))) {
            assertThat(t.rows()).isPositive();
            for (int i = 0; i < t.rows(); i++) {
                int ccd = t.ints("CCD_ID")[i];
                FramePlan plan = FramePlan.of(c).stream().filter(p -> p.ccds().contains(ccd)).findFirst().orElseThrow();
                FrameTiming timing = plan.header().timing();
                int rawY = t.ints("RAWY")[i];
                int size = plan.header().windowSize();
                int exposure = rawY / size;
                double time = t.doubles("TIME")[i];
                double start = c.time(t.ints("FRAMENUM")[i] - 1);
                assertThat(time).isEqualTo(start + timing.liveStart(exposure));
                assertThat(t.doubles("ARRIVAL")[i] - time).isBetween(-1e-7, timing.liveTime(exposure) + 1e-7);
                assertThat((int) Math.floor(t.doubles("TRUEY")[i] + 0.5))
                        .isEqualTo(rawY % size + plan.header().windowStart());
                int segment = t.ints("SEGMENT")[i];
                assertThat((int) Math.floor(t.doubles("TRUEX")[i] + 0.5)).isEqualTo(
                        ReadNode.actX(segment, plan.header().activeNode()[2 * ccd + segment], t.ints("RAWX")[i]));
            }
        }
    }

    @Test
    @Tag("validation")
    void fitsverifyHasNothingToSay() throws IOException, InterruptedException {
        Path o = write(SimulationConfig.of(SceneKind.CLUSTER, 3, 1).withDarkCycles(1).withMode(DataMode.WINDOW2),
                "v", 2);
        try (Stream<Path> all = Files.walk(o)) {
            for (Path f : all.filter(p -> p.toString().endsWith(".fits")).toList()) {
                Process p = fitsverify(f);
                String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(p.waitFor()).as(said).isZero();
                assertThat(said).contains("verification OK");
            }
        }
    }

    private static Process fitsverify(Path file) {
        try {
            return new ProcessBuilder("fitsverify", "-q", file.toString()).redirectErrorStream(true).start();
        } catch (IOException e) {
            return Assumptions.abort("fitsverify is not installed: " + e.getMessage());
        }
    }
}
