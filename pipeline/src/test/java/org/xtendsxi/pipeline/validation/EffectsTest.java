// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.command.TruthCheck;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.truth.PhotonCheck;

/** Effects of the camera one at a time through {@code sxi run}: what the simulator did and what the reduction found. */
@Tag("validation")
class EffectsTest {
    private static final String FULL = "30000010";
    private static final double LIVE = 3.963136;
    private static final DetectorModel DETECTOR = DetectorModel.standard();

    @TempDir
    Path dir;

    private static SimulationConfig config(SceneKind scene, int cycles, int darkCycles, List<Integer> ccds,
            Effect... effects) {
        EnumSet<Effect> all = EnumSet.of(Effect.NOISE, Effect.FANO, Effect.SPREAD);
        all.addAll(List.of(effects));
        return SimulationConfig.of(scene, 3, cycles).withDarkCycles(darkCycles).withCcds(ccds).withEffects(all);
    }

    private Path observation() {
        return dir.resolve("900000001");
    }

    private Path reduced(String name) {
        return dir.resolve("out/xtend/event_uf/xa900000001xtd_" + name);
    }

    /** Simulates and reduces up to a pass; the corrections of the energy are those of the model calibration. */
    private void reduce(SimulationConfig c, String exit) {
        Observations.simulate(c, dir);
        assertThat(Observations.run("run", observation(), "--out", dir.resolve("out"), "--exit", exit, "--set",
                "evenodd.vtcor=no", "--set", "dark.method=" + (c.darkCycles() > 0 ? "trimmed" : "none"))).isZero();
    }

    private List<double[]> events(String dataClass, String... names) {
        return Observations.columns(reduced("p0" + dataClass + "_uf.evt"), "EVENTS", names);
    }

    private static Set<String> places(List<double[]> columns, double[] level, double lowest) {
        Set<String> out = new TreeSet<>();
        for (int i = 0; i < level.length; i++) {
            if (level[i] >= lowest) {
                out.add((int) columns.get(0)[i] + ":" + (int) columns.get(1)[i] + "," + (int) columns.get(2)[i]);
            }
        }
        return out;
    }

    @Test
    void hotPixelsAreListed() {
        reduce(config(SceneKind.BLANK, 1, Observations.scaled(8), List.of(0, 1, 2, 3), Effect.HOT_PIXELS), "events");
        List<double[]> truth = Observations.columns(observation().resolve("truth/levels.fits"), "HOTPIX", "CCD_ID",
                "ACTX", "ACTY", "LEVEL");
        List<double[]> found = Observations.columns(reduced("a0" + FULL + ".hpix"), "HOTPIX", "CCD_ID", "ACTX", "ACTY",
                "LEVEL");
        Set<String> list = places(found, found.get(3), 0);
        Observations.tell("hot pixels: %d simulated, %d of 100 adu or more; %d listed", truth.get(0).length,
                places(truth, truth.get(3), 100).size(), list.size());
        assertThat(places(truth, truth.get(3), 115)).hasSizeGreaterThan(8).isSubsetOf(list);
        assertThat(list).as("nothing else").isSubsetOf(places(truth, truth.get(3), 85));
    }

    @Test
    void flickeringPixelsAreFound() {
        reduce(config(SceneKind.BLANK, Observations.scaled(30), 0, List.of(0, 1), Effect.FLICKERING), "flicker");
        List<double[]> truth = Observations.columns(observation().resolve("truth/effects.fits"), "FLICKER", "CCD_ID",
                "ACTX", "ACTY", "LEVEL");
        Path file = reduced("p0" + FULL + ".fpix");
        String table = tableName(file);
        List<double[]> found = Observations.columns(file, table, "CCD_ID", "ACTX", "ACTY", "COUNTS");
        Set<String> list = places(found, found.get(3), 0);
        // a pixel of 60 adu reaches the threshold of 40 in all of its bright cycles
        Set<String> bright = places(truth, truth.get(3), 60);
        Observations.tell("flickering pixels: %d simulated, %d of 60 adu or more; %d found", truth.get(0).length,
                bright.size(), list.size());
        assertThat(bright).hasSizeGreaterThan(3).isSubsetOf(list);
        assertThat(list).isSubsetOf(places(truth, truth.get(3), 0));
    }

    private static String tableName(Path file) {
        try (FitsReader f = FitsReader.open(file)) {
            return f.hdus().get(1).name();
        }
    }

    @Test
    void fullPixelsOverflowAndLoseNoCharge() {
        Defects d = DETECTOR.defects();
        Defects.Particles p = d.particles();
        double well = 1000;
        Defects small = new Defects(d.video(), d.transfer(), d.injection(), d.trail(),
                new Defects.Particles(p.rate(), p.density(), p.pixel(), p.depth(), well), d.level(), d.link(),
                d.fault());
        reduce(config(SceneKind.GROUND, Observations.scaled(3), 0, List.of(0), Effect.SATURATION)
                .withDetector(DETECTOR.withDefects(small)), "events");
        List<double[]> e = events(FULL, "TIME", "RAWX", "RAWY", "SEGMENT", "PHAS_INNER3X3");
        double limit = well * DETECTOR.aduPerElectron();
        double highest = IntStream.range(0, e.get(0).length).mapToDouble(i -> e.get(4)[9 * i]).max().orElseThrow();
        // germanium K alpha overflows into the pixels above and below: 2,708 electrons into three
        double[] sums = IntStream.range(0, e.get(0).length).filter(i -> e.get(4)[9 * i] > limit - 30)
                .mapToDouble(i -> IntStream.range(0, 9).mapToDouble(k -> e.get(4)[9 * i + k]).sum())
                .filter(v -> Math.abs(v - 9886 / 6.15) < 100).toArray();
        double mean = IntStream.range(0, sums.length).mapToDouble(i -> sums[i]).average().orElseThrow();
        Observations.tell("full well of %.1f adu: highest pixel %.0f adu; %d Ge K alpha events with a mean of "
                + "%.1f adu, truth %.1f",
                limit, highest, sums.length, mean, 9886 / 6.15);
        assertThat(highest).isBetween(limit, limit + 6 * DETECTOR.readNoise());
        assertThat(sums).hasSizeGreaterThan(20);
        // noise of nine pixels and Fano noise, 25 adu; lines nearby lie 280 adu away
        assertThat(mean).isCloseTo(9886 / 6.15, within(4 * 25 / Math.sqrt(sums.length)));
    }

    @Test
    void crosstalkGhostsStandAtTheSamePlaceOfTheSister() {
        Defects d = DETECTOR.defects();
        Defects.Link l = d.link();
        double share = 0.05;
        Defects coupled = new Defects(d.video(), d.transfer(), d.injection(), d.trail(), d.particles(), d.level(),
                new Defects.Link(share, l.lostCycle(), l.lostSegment(), l.drift(), l.driftPeriod()), d.fault());
        reduce(config(SceneKind.GROUND, Observations.scaled(4), 0, List.of(0), Effect.CROSSTALK)
                .withDetector(DETECTOR.withDefects(coupled)), "events");
        List<double[]> e = events(FULL, "TIME", "RAWX", "RAWY", "SEGMENT", "PHAS_INNER3X3");
        int n = e.get(0).length;
        int bright = 0;
        int ghosts = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double height = e.get(4)[9 * i];
            int at = 9 * i;
            boolean single = IntStream.range(1, 9).noneMatch(k -> e.get(4)[at + k] >= 15);
            if (height < 1250 || !single || e.get(1)[i] < 2 || e.get(1)[i] > 317) {
                continue;
            }
            bright++;
            for (int j = 0; j < n; j++) {
                if (e.get(0)[j] == e.get(0)[i] && e.get(1)[j] == e.get(1)[i] && e.get(2)[j] == e.get(2)[i]
                        && e.get(3)[j] != e.get(3)[i]) {
                    ghosts++;
                    sum += e.get(4)[9 * j] / height;
                }
            }
        }
        Observations.tell("crosstalk of %.3f: %d events of 1,250 adu or more in one pixel, %d ghosts, mean share %.4f",
                share, bright, ghosts, sum / ghosts);
        assertThat(bright).isGreaterThan(40);
        // 62 adu against a threshold of 40 and noise of 5.4; a few ghosts meet another photon, which adds a percent
        assertThat(ghosts).isBetween((int) (0.94 * bright), bright);
        assertThat(sum / ghosts).isCloseTo(share, within(0.01 * share + 4 * 5.4 / 1250 / Math.sqrt(ghosts)));
    }

    @Test
    void tracksOfParticlesAreTheOnlyEvents() {
        SimulationConfig c = config(SceneKind.BLANK, Observations.scaled(10), 0, List.of(0), Effect.COSMIC_RAYS);
        reduce(c, "calibrate");
        List<double[]> t = Observations.columns(observation().resolve("truth/effects.fits"), "TRACKS", "FRAMENUM",
                "DELAY", "STARTX", "STARTY", "ENDX", "ENDY");
        List<double[]> e = events(FULL, "TIME", "ACTX", "ACTY", "GRADE", "PI");
        Set<Integer> seen = new HashSet<>();
        int good = 0;
        int hard = 0;
        for (int i = 0; i < e.get(0).length; i++) {
            int frame = (int) Math.floor((e.get(0)[i] - c.startTime()) / 4) + 1;
            double nearest = Double.MAX_VALUE;
            for (int k = 0; k < t.get(0).length; k++) {
                double distance = t.get(0)[k] == frame ? distance(t, k, e.get(1)[i], e.get(2)[i]) : Double.MAX_VALUE;
                if (distance < 2) {
                    seen.add(k);
                }
                nearest = Math.min(nearest, distance);
            }
            assertThat(nearest).as("event %d", i + 1).isLessThan(2);
            good += Grade.isGood((int) e.get(3)[i]) ? 1 : 0;
            hard += Grade.isGood((int) e.get(3)[i]) && e.get(4)[i] < 2000 ? 1 : 0;
        }
        long live = IntStream.range(0, t.get(0).length).filter(k -> t.get(1)[k] > 0.036864
                && t.get(2)[k] > 2 && t.get(2)[k] < 639 && t.get(3)[k] > 2 && t.get(3)[k] < 639).count();
        Observations.tell("cosmic rays: %d tracks, %d in live time and inside; events near %d of them: %d events, "
                + "%d of good grade, %d of these below 12 keV", t.get(0).length, live, seen.size(), e.get(0).length,
                good, hard);
        assertThat(seen.size()).isBetween((int) (0.9 * live), t.get(0).length);
        // most of what tracks leave is thrown away by grade or energy
        assertThat(hard).isLessThan(e.get(0).length / 2);
    }

    /** Distance of a pixel from a track. */
    private static double distance(List<double[]> t, int k, double x, double y) {
        double dx = t.get(4)[k] - t.get(2)[k];
        double dy = t.get(5)[k] - t.get(3)[k];
        double along = ((x - t.get(2)[k]) * dx + (y - t.get(3)[k]) * dy) / Math.max(1e-9, dx * dx + dy * dy);
        double f = Math.clamp(along, 0, 1);
        return Math.hypot(x - t.get(2)[k] - f * dx, y - t.get(3)[k] - f * dy);
    }

    /** The share printed in frames-and-science section 1.6: time of transfer of all time. */
    @ParameterizedTest
    @CsvSource({"WINDOW1, 30000010, 0.0092, 12", "WINDOW2, 31100010, 0.074, 30"})
    void photonsOfTheTransferAreOutOfTime(DataMode mode, String dataClass, double printed, int cycles) {
        reduce(config(SceneKind.GROUND, Observations.scaled(cycles), 0, List.of(0), Effect.OUT_OF_TIME).withMode(mode),
                "calibrate");
        List<double[]> p = Observations.columns(observation().resolve("truth/photons.fits"), "PHOTONS", "TIME", "TRUEX",
                "TRUEY", "RAWX", "RAWY", "SEGMENT", "ENERGY");
        List<double[]> e = events(dataClass, "TIME", "RAWX", "RAWY", "SEGMENT", "PI", "GRADE", "ACTY");
        Set<String> at = new HashSet<>();
        for (int i = 0; i < e.get(0).length; i++) {
            if (Grade.isGood((int) e.get(5)[i])) {
                at.add(Math.round(e.get(0)[i] * 100) + ":" + e.get(3)[i] + ":" + e.get(1)[i] + "," + e.get(2)[i]);
            }
        }
        int block = mode.windowed() ? 80 : 640;
        int first = mode.windowed() ? 455 : 1;
        int[] n = new int[4];
        for (int i = 0; i < p.get(0).length; i++) {
            int late = Math.abs(p.get(2)[i] - (p.get(4)[i] % block + first)) > 0.6 ? 1 : 0;
            boolean found = at.contains(Math.round(p.get(0)[i] * 100) + ":" + p.get(5)[i] + ":" + p.get(3)[i] + ","
                    + p.get(4)[i]);
            n[late] += found ? 1 : 0;
            n[2 + late]++;
        }
        double share = (double) n[1] / (n[0] + n[1]);
        double error = Math.sqrt(share * (1 - share) / (n[0] + n[1]));
        Observations.tell("out of time, %s: %d of %d photons; found on their pixel %d of %d events, %.4f +- %.4f, "
                + "printed %.4f",
                mode, n[3], n[2] + n[3], n[1], n[0] + n[1], share, error, printed);
        assertThat(share).isCloseTo(printed, within(4 * error + 0.0005 * printed / 0.0092));
        assertThat(n[0] + n[1]).as("found on the pixel that was hit").isGreaterThan((n[2] + n[3]) * 8 / 10);
    }

    @Test
    void lostFramesAreCountedOneByOne() {
        int cycles = Observations.scaled(40);
        SimulationConfig c = config(SceneKind.BLANK, cycles, 0, List.of(0, 1), Effect.LOST_FRAMES);
        reduce(c, "events");
        List<double[]> lost = Observations.columns(observation().resolve("truth/effects.fits"), "LOST", "FRAMENUM",
                "CCD_ID", "SEGMENT");
        List<double[]> kept = Observations.columns(reduced("a0exp.fits"), "EXPOSURE", "FRAMENUM", "CCD_ID", "SEGMENT");
        Set<String> missing = new TreeSet<>();
        Set<Integer> incomplete = new TreeSet<>();
        for (int n = 1; n <= cycles; n++) {
            for (int s = 0; s < 4; s++) {
                missing.add(n + ":" + s / 2 + "," + s % 2);
            }
        }
        missing.removeAll(places(kept, kept.get(0), 0));
        Set<String> truth = places(lost, lost.get(0), 0);
        IntStream.range(0, lost.get(0).length).forEach(i -> incomplete.add((int) lost.get(0)[i]));
        double exposure;
        try (FitsReader f = FitsReader.open(reduced("p0" + FULL + "_uf.evt"))) {
            exposure = f.need("EVENTS").keywords().needReal("EXPOSURE");
        }
        Observations.tell("lost frames: %d of %d simulated, %d missing in EXPOSURE; %.6f s, truth %.6f s", truth.size(),
                4 * cycles, missing.size(), exposure, (cycles - incomplete.size()) * LIVE);
        assertThat(missing).isNotEmpty().isEqualTo(truth);
        assertThat(exposure).isCloseTo((cycles - incomplete.size()) * LIVE, within(1e-6));
    }

    /**
     * With a dark level and dark frames. Without them and with dark.method=none the 6 adu of dark stay in every pixel:
     * 15 adu of split threshold are then 1.7 times the noise, and a quarter of the events lose their good grade.
     */
    @ParameterizedTest
    @CsvSource({"WINDOW1, 300, 2", "WINDOW1BURST, 312, 3", "WINDOW1BURST2, 312, 30", "WINDOW2, 311, 6",
        "WINDOW2BURST, 313, 30"})
    void everyModeRecoversItsPhotons(DataMode mode, String prefix, int cycles) {
        reduce(config(SceneKind.GROUND, Observations.scaled(cycles), 24, List.of(0), Effect.DARK).withMode(mode),
                "calibrate");
        List<TruthCheck.Verdict> verdicts = new PhotonCheck()
                .check(observation(), reduced("p0" + prefix + "00010_uf.evt"));
        verdicts.forEach(v -> Observations.tell("%s: %s: %s, expected %s (%s)", mode, v.what(), v.found(), v.expected(),
                v.limit()));
        assertThat(verdicts).anyMatch(v -> v.what().contains("alone")).allSatisfy(
                v -> assertThat(v.good()).as(v.toString()).isTrue());
    }
}
