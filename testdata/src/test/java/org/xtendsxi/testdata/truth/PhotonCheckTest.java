// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.TruthCheck.Verdict;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SceneModel;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.observation.ObservationWriter;
import org.xtendsxi.testdata.random.Streams;
import org.xtendsxi.testdata.readout.HotPixel;
import org.xtendsxi.testdata.scene.Mosaic;

/** An ideal reduction made from the truth passes; each way to spoil it fails the verdict that is meant for it. */
class PhotonCheckTest {
    private static final EventSchema SCHEMA = new EventSchema(List.of(EventColumns.TIME, EventColumns.CCD_ID,
            EventColumns.ACTX, EventColumns.ACTY, EventColumns.PI, EventColumns.GRADE, EventColumns.STATUS,
            EventColumns.X, EventColumns.Y));
    private static final SimulationConfig CONFIG = SimulationConfig.of(SceneKind.POINT, 6, 40).withCcds(List.of(1))
            .withDarkCycles(0).withScene(SceneModel.of(SceneKind.POINT).withRates(8, 4, 0.4));
    private static final int SIGMA_LINE = 73;

    @TempDir
    static Path dir;
    private static Path observation;

    private record Row(double time, int x, int y, int pi, int skyX, int skyY, int grade, long status) {
        Row at(int newX, int newY) {
            return new Row(time, newX, newY, pi, skyX, skyY, grade, status);
        }

        Row pi(int newPi) {
            return new Row(time, x, y, newPi, skyX, skyY, grade, status);
        }

        Row grade(int newGrade, long newStatus) {
            return new Row(time, x, y, pi, skyX, skyY, newGrade, newStatus);
        }
    }

    @BeforeAll
    static void simulate() {
        observation = new ObservationWriter(CONFIG, dir).write(1, Console.silent());
    }

    private static List<Row> ideal() {
        List<Row> out = new ArrayList<>();
        UniformRandomProvider random = Streams.of(1, Streams.Purpose.SIGNAL, 0);
        var gauss = ZigguratSampler.NormalizedGaussian.of(random);
        try (FitsReader f = FitsReader.open(observation.resolve("truth/photons.fits"));
                EventChunk t = f.whole(f.need("PHOTONS"))) {
            double[] x = t.doubles("TRUEX");
            double[] y = t.doubles("TRUEY");
            for (int i = 0; i < t.rows(); i++) {
                double energy = t.doubles("ENERGY")[i] + SIGMA_LINE * gauss.sample();
                Mosaic.Place at = new Mosaic.Place(1, x[i], y[i]);
                // The sky as seen with another roll: turned by a right angle and mirrored.
                out.add(new Row(t.doubles("TIME")[i], (int) Math.floor(x[i] + 0.5), (int) Math.floor(y[i] + 0.5),
                        (int) Math.max(0, energy / Sxi.EV_PER_CHANNEL),
                        (int) Math.floor(Sxi.SKY_CENTRE + Mosaic.detY(at) - Mosaic.AIM_Y + random.nextDouble()),
                        (int) Math.floor(Sxi.SKY_CENTRE + Mosaic.detX(at) - Mosaic.AIM_X + random.nextDouble()),
                        grade(random.nextDouble()), 0));
            }
        }
        return out;
    }

    /** Grades as often as they are in the simulation. */
    private static int grade(double random) {
        return random < 0.265 ? 0 : random < 0.524 ? 2 : random < 0.653 ? 3 : random < 0.783 ? 4 : 6;
    }

    private static List<Verdict> judge(List<Row> rows, GtiList gti) {
        Path path = dir.resolve("events.evt");
        Keywords k = new Keywords().set("DETNAM", "CCD", "");
        try (FitsWriter w = FitsWriter.create(path); EventChunk c = EventChunk.allocate(SCHEMA, 0, rows.size())) {
            w.primary(k);
            c.put("TIME", rows.stream().mapToDouble(Row::time).toArray());
            c.put("CCD_ID", rows.stream().mapToInt(r -> 1).toArray());
            c.put("ACTX", rows.stream().mapToInt(Row::x).toArray());
            c.put("ACTY", rows.stream().mapToInt(Row::y).toArray());
            c.put("PI", rows.stream().mapToInt(Row::pi).toArray());
            c.put("GRADE", rows.stream().mapToInt(Row::grade).toArray());
            c.put("STATUS", rows.stream().mapToLong(Row::status).toArray());
            c.put("X", rows.stream().mapToInt(Row::skyX).toArray());
            c.put("Y", rows.stream().mapToInt(Row::skyY).toArray());
            w.table("EVENTS", c, k);
            GtiTable.write(w, "GTI", gti, k);
            w.commit();
        }
        return new PhotonCheck().check(observation, path);
    }

    private static List<String> failed(List<Row> rows) {
        return judge(rows, wholeTime()).stream().filter(v -> !v.good()).map(Verdict::what).toList();
    }

    private static GtiList wholeTime() {
        return GtiList.of(List.of(new Gti(CONFIG.startTime(), CONFIG.stopTime())));
    }

    private static List<Row> each(UnaryOperator<Row> change) {
        return ideal().stream().map(change).toList();
    }

    @Test
    void anIdealReductionPassesEveryVerdict() {
        PhotonCheck check = new PhotonCheck();
        assertThat(check.applies(observation)).isTrue();
        assertThat(check.applies(dir)).isFalse();
        List<Verdict> all = judge(ideal(), wholeTime());
        assertThat(all).hasSize(13).allMatch(Verdict::good);
    }

    @Test
    void onlyGoodTimeIsJudged() {
        double half = CONFIG.time(20);
        List<Row> early = ideal().stream().filter(r -> r.time() < half).toList();
        GtiList gti = GtiList.of(List.of(new Gti(CONFIG.startTime(), half)));
        assertThat(judge(early, gti)).allMatch(Verdict::good)
                .anyMatch(v -> v.what().contains("in 20 cycles"));
        assertThat(failed(early)).anyMatch(w -> w.contains("photons found"));
    }

    @Test
    void lossesAreSeen() {
        List<Row> all = ideal();
        List<Row> thin = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Row r = all.get(i);
            thin.add(r.grade(i % 10 == 0 ? 7 : r.grade(), i % 10 == 1 ? 1 : 0));
        }
        assertThat(failed(thin)).hasSize(3).allMatch(w -> w.contains(" found, "));
        assertThat(failed(List.of())).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void energyScaleAndWidthAreSeen() {
        assertThat(failed(each(r -> r.pi(r.pi() + 3)))).containsExactly("mean energy of Mn Ka minus truth, eV");
        int[] n = {0};
        assertThat(failed(each(r -> r.pi(r.pi() + (n[0]++ % 2 == 0 ? 9 : -9)))))
                .contains("FWHM of Mn Ka, eV").doesNotContain("mean energy of Mn Ka minus truth, eV");
    }

    @Test
    void gradesAreSeen() {
        assertThat(failed(each(r -> r.grade(r.grade() == 6 ? 2 : r.grade(), 0))))
                .containsExactly("Mn Ka events of grade 2, %", "Mn Ka events of grade 6, %");
    }

    @Test
    void placesAreSeen() {
        int[] n = {0};
        assertThat(failed(each(r -> r.at(r.x() + (n[0]++ % 2), r.y()))))
                .contains("centroid of the point source on the CCD minus truth, pixel");
        assertThat(failed(each(r -> new Row(r.time(), r.x(), r.y(), r.pi(), r.skyX() + 6, r.skyY(), r.grade(), 0))))
                .containsExactly("distance of the point source's centroid from the nominal pointing, sky pixel");
    }

    @Test
    void eventsWithoutPhotonsAreSeen() {
        HotPixel hot = LevelFile.hotPixels(observation.resolve("truth/levels.fits")).getFirst();
        assertThat(hot.ccdId()).isOne();
        for (int pi : new int[] {50, 150}) {
            assertThat(failed(withGhosts(hot.actX(), hot.actY(), pi)))
                    .hasSize(pi < 100 ? 0 : 1).allMatch(w -> w.contains("hot pixels above"));
        }
        int far = hot.actX() > 320 ? 300 : 340;
        assertThat(failed(withGhosts(far, 600, 50))).hasSize(1).allMatch(w -> w.contains("away from hot"));
    }

    private static List<Row> withGhosts(int x, int y, int pi) {
        List<Row> rows = new ArrayList<>(ideal());
        for (int i = 0; i < 8; i++) {
            rows.add(new Row(CONFIG.time(3 * i) + 0.036864, x, y, pi, 1000, 1000, 0, 0));
        }
        rows.sort(Comparator.comparingDouble(Row::time));
        return rows;
    }

    @Test
    void wrongFilesAreRefused() {
        List<Row> backwards = ideal().reversed();
        assertThatThrownBy(() -> judge(backwards, wholeTime())).isInstanceOf(SxiException.class)
                .hasMessageContaining("order of time");
        Path path = dir.resolve("other.evt");
        try (FitsWriter w = FitsWriter.create(path); EventChunk c = EventChunk.allocate(SCHEMA, 0, 0)) {
            w.primary(new Keywords());
            w.table("EVENTS", c, new Keywords().set("DETNAM", "CCD12", ""));
            w.commit();
        }
        assertThatThrownBy(() -> new PhotonCheck().check(observation, path)).isInstanceOf(SxiException.class)
                .hasMessageContaining("DETNAM");
    }
}
