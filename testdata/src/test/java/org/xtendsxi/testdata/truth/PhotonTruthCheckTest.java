// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.command.TruthCheck;
import org.xtendsxi.caldb.command.TruthCheck.Verdict;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.testdata.frames.PhotonRecord;
import org.xtendsxi.testdata.scene.Photon;
import org.xtendsxi.testdata.scene.Source;

/** The judge is judged on files made by hand, whose score is known. */
class PhotonTruthCheckTest {
    private static final EventSchema EVENTS = new EventSchema(List.of(EventColumns.TIME, EventColumns.CCD_ID,
            EventColumns.ACTX, EventColumns.ACTY, EventColumns.GRADE, EventColumns.PI));
    private static final int CYCLES = 50;
    private static final int PER_CYCLE = 20;
    private static final int LINE = 982;
    private static final int[] GRADES = {0, 2, 3, 6};

    @TempDir
    Path dir;
    private final List<double[]> events = new ArrayList<>();
    private GtiList good = GtiList.of(List.of(new Gti(0, 4 * CYCLES)));
    private String detnam = "CCD";

    @BeforeEach
    void photons() throws Exception {
        Files.createDirectories(dir.resolve("truth"));
        try (PhotonTable t = new PhotonTable(dir.resolve("truth/photons.fits"), new Keywords())) {
            for (int c = 0; c < CYCLES; c++) {
                double time = 4 * c;
                List<PhotonRecord> some = new ArrayList<>();
                for (int i = 0; i < PER_CYCLE; i++) {
                    double x = 20 + 30 * i + 0.3;
                    some.add(new PhotonRecord(new Photon(1, i % 4, x, 300.2, 5895, Source.CAL), c + 1, time, time + 1,
                            0, 0, 299, 1615));
                    events.add(new double[] {time, i % 4, Math.floor(x + 0.5), 300, GRADES[i % 4], LINE});
                }
                t.accept(some);
            }
            t.commit();
        }
    }

    private Map<String, Verdict> check() {
        Path file = dir.resolve("e.evt");
        try (FitsWriter w = FitsWriter.create(file); EventChunk c = EventChunk.allocate(EVENTS, 0, events.size())) {
            c.put("TIME", events.stream().mapToDouble(e -> e[0]).toArray());
            for (int k = 1; k < EVENTS.columns().size(); k++) {
                int at = k;
                c.put(EVENTS.columns().get(k).name(), events.stream().mapToInt(e -> (int) e[at]).toArray());
            }
            w.primary(new Keywords());
            w.table("EVENTS", c, new Keywords().set("DETNAM", detnam, "CCDs"));
            GtiTable.write(w, "GTI", good, new Keywords());
            w.commit();
        }
        return new PhotonTruthCheck().check(dir, file).stream()
                .collect(Collectors.toMap(Verdict::what, Function.identity()));
    }

    @Test
    void perfectEventsScoreFully() {
        Map<String, Verdict> v = check();
        assertThat(v.get("Mn Ka photons found, %").found()).isEqualTo("100.00");
        assertThat(v.get("photons 1-10 keV found, %").good()).isTrue();
        assertThat(v.get("events without a photon, %").found()).isEqualTo("0.00");
        assertThat(v.get("Mn Ka in grade 3+4, %").found()).isEqualTo("25.0");
    }

    @Test
    void lostEventsLowerTheEfficiency() {
        events.removeIf(e -> e[1] == 2 && e[0] < 100);
        Verdict v = check().get("Mn Ka photons found, %");
        assertThat(v.found()).isEqualTo("87.50");
        assertThat(v.good()).isFalse();
    }

    @Test
    void badGradesAndNullEnergyAreNotFound() {
        events.getFirst()[4] = 7;
        events.getLast()[5] = 4096;
        assertThat(check().get("Mn Ka photons found, %").found()).isEqualTo("99.80");
    }

    @Test
    void wrongGainIsSeen() {
        events.forEach(e -> e[5] = LINE + 5);
        Verdict v = check().get("Mn Ka energy minus truth, eV");
        assertThat(v.good()).isFalse();
        assertThat(Double.parseDouble(v.found())).isBetween(29.0, 31.0);
    }

    @Test
    void falseEventsAreSeen() {
        for (int i = 0; i < 50; i++) {
            events.add(new double[] {4 * CYCLES, 3, 5 * i + 5, 600, 0, 100});
        }
        good = GtiList.of(List.of(new Gti(0, 8 * CYCLES)));
        Verdict v = check().get("events without a photon, %");
        assertThat(v.found()).isEqualTo("4.76");
        assertThat(v.good()).isFalse();
    }

    @Test
    void photonsOutsideGoodTimeAreNotMissed() {
        events.removeIf(e -> e[0] >= 100);
        good = GtiList.of(List.of(new Gti(0, 100)));
        assertThat(check().get("Mn Ka photons found, %").found()).isEqualTo("100.00");
    }

    @Test
    void photonsOfOtherCcdsAreNotMissed() {
        events.removeIf(e -> e[1] < 2);
        detnam = "CCD34";
        assertThat(check().get("Mn Ka photons found, %").found()).isEqualTo("100.00");
    }

    @Test
    void noEventsAtAllIsAVerdictToo() {
        events.clear();
        Map<String, Verdict> v = check();
        assertThat(v).containsOnlyKeys("photons 1-10 keV found, %");
        assertThat(v.get("photons 1-10 keV found, %").good()).isFalse();
    }

    @Test
    void disorderIsRefused() {
        events.addFirst(new double[] {100, 0, 10, 10, 0, LINE});
        assertThatThrownBy(this::check).isInstanceOfSatisfying(SxiException.class,
                e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA)).hasMessageContaining("row 2");
    }

    @Test
    void isFoundAsAServiceAndOnlyWithTruth() {
        assertThat(ServiceLoader.load(TruthCheck.class)).hasAtLeastOneElementOfType(PhotonTruthCheck.class);
        assertThat(new PhotonTruthCheck().applies(dir)).isTrue();
        assertThat(new PhotonTruthCheck().applies(dir.resolve("truth"))).isFalse();
    }
}
