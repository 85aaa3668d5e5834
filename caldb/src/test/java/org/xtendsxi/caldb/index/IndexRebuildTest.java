// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;

class IndexRebuildTest {
    @TempDir
    Path dir;

    private void file(String name, String codeName, String date, String time, String... boundaries) {
        Keywords k = new Keywords().set("TELESCOP", "XRISM", "").set("INSTRUME", "XTEND", "")
                .set("CCNM0001", codeName, "").set("CVSD0001", date, "").set("CVST0001", time, "")
                .set("CDES0001", "for a test", "");
        for (int i = 0; i < boundaries.length; i++) {
            k.set("CBD" + (i + 1) + "0001", boundaries[i], "");
        }
        try (FitsWriter w = FitsWriter.create(dir.resolve(name))) {
            w.primary(k);
            w.commit();
        }
    }

    private List<CaldbEntry> rebuilt() {
        return IndexRebuild.write(dir, "2024-05-06").entries();
    }

    @Test
    void rowsComeFromKeywordsYoungestOfAKindFirst() {
        file("sub/old.fits", "GAIN", "2019-01-01", "00:00:00", "DATAMODE(WINDOW1)", "CISTATUS(1)");
        file("new.fits", "GAIN", "2020-02-01", "12:00:00", "DATAMODE(WINDOW1)", "CISTATUS(1)");
        file("z.fits", "VT_EVEN_ODD", "31/12/97", "");
        file("unknown.fits", "SOMETHING", "2019-01-01", "00:00:00", "NONE");
        List<CaldbEntry> rows = rebuilt();
        assertThat(rows).extracting(e -> e.file().toString())
                .containsExactly("z.fits", "new.fits", "sub/old.fits", "unknown.fits");
        assertThat(rows).extracting(CaldbEntry::refTime).containsExactly(50813.0, 58880.5, 58484.0, 58484.0);
        assertThat(rows).extracting(CaldbEntry::row).containsExactly(1, 2, 3, 4);
        assertThat(rows.get(1).boundaries()).containsExactly("DATAMODE(WINDOW1)", "CISTATUS(1)");
        assertThat(rows.get(3).boundaries()).isEmpty();
        assertThat(Caldb.open(Optional.of(dir)).entries()).isEqualTo(rows);
    }

    @Test
    void keepsTheOldIndexAndItsJudgementOfQuality() throws IOException {
        file("a.fits", "GAIN", "2019-01-01", "00:00:00");
        file("b.fits", "GAIN", "2020-01-01", "00:00:00");
        List<CaldbEntry> first = rebuilt();
        CaldbEntry b = first.getFirst();
        IndexFile.write(dir.resolve("caldb.indx"), List.of(first.get(1), new CaldbEntry(2, b.telescope(),
                b.instrument(), b.detector(), b.filter(), b.file(), b.extension(), b.codeName(), b.boundaries(),
                b.refTime(), b.validFrom(), 5, b.description())), "2020-01-01");
        byte[] before = Files.readAllBytes(dir.resolve("caldb.indx"));
        assertThat(rebuilt()).extracting(CaldbEntry::quality).containsExactly(5, 0);
        assertThat(Files.readAllBytes(dir.resolve("caldb.indx.old"))).isEqualTo(before);
    }

    /**
     * Quality is lost with the index: of files with one start of validity the highest version has to win all the same.
     */
    @Test
    void theHighestVersionWinsWhenTheIndexWasLost() {
        for (String name : List.of("xa_xtd_gain_20190101v002.fits", "xa_xtd_gain_20190101v010.fits",
                "xa_xtd_gain_20190101v001.fits.gz", "a.fits")) {
            file(name, "GAIN", "2019-01-01", "00:00:00");
        }
        assertThat(rebuilt()).extracting(e -> e.file().toString()).containsExactly("xa_xtd_gain_20190101v010.fits",
                "xa_xtd_gain_20190101v002.fits", "xa_xtd_gain_20190101v001.fits.gz", "a.fits");
        Caldb caldb = Caldb.open(Optional.of(dir));
        for (OptionalDouble date : List.of(OptionalDouble.empty(), OptionalDouble.of(60000))) {
            CaldbEntry e = caldb.select(new CaldbQuery(CaldbKind.GAIN, "XRISM", "XTEND", date, ""));
            assertThat(e.file()).hasToString("xa_xtd_gain_20190101v010.fits");
        }
    }

    @Test
    void namesFilesThatCarryNoCodeName() {
        file("a.fits", "GAIN", "2019-01-01", "00:00:00");
        try (FitsWriter w = FitsWriter.create(dir.resolve("plain.fits"))) {
            w.primary(new Keywords());
            w.commit();
        }
        assertThat(IndexRebuild.write(dir, "2024-05-06").ignored()).containsExactly(dir.resolve("plain.fits"));
    }

    @Test
    void whatCannotBeIndexedLeavesTheIndexAsItWas() throws IOException {
        file("a.fits", "GAIN", "2019-01-01", "00:00:00");
        rebuilt();
        byte[] before = Files.readAllBytes(dir.resolve("caldb.indx"));
        file("wrongdate.fits", "GAIN", "yesterday", "00:00:00");
        refused("CVSD0001", "yesterday");
        byte[] half = Arrays.copyOf(Files.readAllBytes(dir.resolve("a.fits")), 1000);
        Files.write(dir.resolve("wrongdate.fits"), half);
        refused("truncated");
        assertThat(Files.readAllBytes(dir.resolve("caldb.indx"))).isEqualTo(before);
    }

    @Test
    void aFolderWithoutCalibrationIsRefused() {
        refused("no calibration file here");
    }

    private void refused(String... words) {
        assertThatThrownBy(this::rebuilt).isInstanceOfSatisfying(SxiException.class,
                e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CALIBRATION)).hasMessageContainingAll(words);
    }
}
