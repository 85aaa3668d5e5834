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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/** Every ingredient of the good time in a run, each with ends that only it has, against intersections made by hand. */
@Tag("validation")
class GoodTimeRunTest extends EventListRuns {
    private static final String SET = "p030000010";
    private static final double ALL = 60;

    /** Ends in seconds from the start of the events. */
    private static double[] at(double... ends) {
        return Arrays.stream(ends).map(t -> START + t).toArray();
    }

    private static GtiList list(double... ends) {
        List<Gti> all = new java.util.ArrayList<>();
        for (int i = 0; i < ends.length; i += 2) {
            all.add(new Gti(START + ends[i], START + ends[i + 1]));
        }
        return GtiList.of(all);
    }

    @BeforeEach
    void observation() throws IOException {
        events(SET, EVENTS);
        Files.createDirectories(auxiliary("").getParent());
    }

    private GtiList screened(String... more) {
        Object[] words = Arrays.copyOf(more, more.length, Object[].class);
        assertThat(run(words("run", observation, "--out", out,
                words("--exit", "screen", "--set", "gti.angdist=0", words)))).isZero();
        return GtiTable.read(cleaned(SET));
    }

    private static GtiList live(int first, int cycles) {
        double[] ends = new double[2 * cycles];
        for (int i = 0; i < cycles; i++) {
            ends[2 * i] = 4 * (first + i);
            ends[2 * i + 1] = 4 * (first + i) + LIVE;
        }
        return list(ends);
    }

    @Test
    void allIngredientsTogether() throws IOException {
        GtiList own = screened("--fresh");
        assertThat(own.total()).as("eleven frames").isCloseTo(live(0, 11).total(), within(1e-6));
        gti("_gen.gti", Map.of("GTIPOINT", at(6, ALL), "GTIATT", at(-8, 38), "GTISLEW", at(-8, 1), "GTIOBS",
                at(-8, ALL)));
        gti("xtd_tel.gti", Map.of("GTITEL", at(-8, 13, 15, ALL)));
        gti("xtd_mode.gti", Map.of("GTI_30000010", at(-8, 21, 22, ALL), "GTI_32000010", at(-8, 0.5)));
        housekeeping(".mkf", "FILTER", "HOT", START + 33);
        housekeeping(".ehk", "EHK", "SAA_SXI", START + 30);
        GtiList made = screened("--set", "gti.mkf=HOT==0", "--set", "gti.ehk=SAA_SXI==0");
        GtiList expected = list(6, 13, 15, 21, 22, 30).and(own);
        assertThat(made.intervals()).hasSameSizeAs(expected.intervals());
        assertThat(made).isEqualTo(expected);
        try (FitsReader f = FitsReader.open(cleaned(SET)); EventChunk c = f.whole(f.need("EVENTS"))) {
            assertThat(c.rows()).isPositive();
            assertThat(Arrays.stream(c.doubles("TIME")).allMatch(t -> expected.contains(t, 1e-6))).isTrue();
            assertThat(f.need("EVENTS").keywords().needReal("EXPOSURE")).isEqualTo(expected.total());
            assertThat(f.need("EVENTS").keywords().needReal("TSTART")).isEqualTo(expected.start());
            assertThat(f.hdus()).hasSize(3);
        }
        Path ingredients = out.resolve("xtend/event_uf/xa" + OBSID + "xtd_" + SET + "_good.gti");
        try (FitsReader f = FitsReader.open(ingredients)) {
            assertThat(GtiTable.read(f, f.need("GTIPOINT"))).isEqualTo(list(6, ALL));
            assertThat(GtiTable.read(f, f.need("GTIATT"))).isEqualTo(list(-8, 38));
            assertThat(GtiTable.read(f, f.need("GTITEL"))).isEqualTo(list(-8, 13, 15, ALL));
            assertThat(GtiTable.read(f, f.need("GTI_30000010"))).isEqualTo(list(-8, 21, 22, ALL));
            assertThat(GtiTable.read(f, f.need("GTIMKF"))).isEqualTo(list(-8, 33));
            assertThat(GtiTable.read(f, f.need("GTIEHK"))).isEqualTo(list(-8, 30));
        }
        assertThat(Files.readString(out.resolve("log/run.json"))).contains("\"GTIPOINT\"", "\"GTIATT\"", "\"GTITEL\"",
                "\"GTI_30000010\"", "\"GTIMKF\"", "\"GTIEHK\"", ".mkf: HOT==0", ".ehk: SAA_SXI==0");
    }

    @Test
    void aFileOfGoodTimeThatChangesIsNoticed() throws IOException {
        GtiList before = screened("--fresh");
        gti("xtd_tel.gti", Map.of("GTITEL", at(8, ALL)));
        assertThat(screened()).isEqualTo(before.and(list(8, ALL)));
    }

    @Test
    void disorderIsToldAndJoined() throws IOException {
        GtiList before = screened("--fresh");
        gti("xtd_tel.gti", Map.of("GTITEL", at(20, 30, 2, 6, 4, 9)));
        assertThat(screened()).isEqualTo(before.and(list(2, 9, 20, 30)));
        assertThat(Files.readString(out.resolve("log/run.json")))
                .contains("GTITEL] (row 2): good time is not in order");
        gti("xtd_tel.gti", Map.of("GTITEL", at(2, 6, 4, 9)));
        screened();
        assertThat(Files.readString(out.resolve("log/run.json")))
                .contains("GTITEL] (row 2): good time overlaps the row before");
    }

    @Test
    void emptyReversedAndDisjointGoodTimeEndWithThree() throws IOException {
        gti("xtd_tel.gti", Map.of("GTITEL", at()));
        assertThat(run("run", observation, "--out", out)).as("empty").isEqualTo(3);
        gti("xtd_tel.gti", Map.of("GTITEL", at(9, 2)));
        assertThat(run("run", observation, "--out", out)).as("reversed").isEqualTo(3);
        gti("xtd_tel.gti", Map.of("GTITEL", at(900, 920)));
        assertThat(run("run", observation, "--out", out)).as("of another observation").isEqualTo(3);
        assertThat(cleaned(SET)).doesNotExist();
    }
}
