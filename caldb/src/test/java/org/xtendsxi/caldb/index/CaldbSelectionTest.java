// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.DataMode;

/** The rule by which a file is chosen (frames-and-science section 5.4, energy-chain section 11.1). */
class CaldbSelectionTest {
    @TempDir
    Path dir;
    private final List<CaldbEntry> rows = new ArrayList<>();

    private void row(String file, String codeName, double refTime, int quality, String... boundaries) {
        rows.add(new CaldbEntry(rows.size() + 1, "XRISM", "XTEND", "NONE", "NONE", Path.of(file), 1, codeName,
                List.of(boundaries), refTime, "2019-01-01", quality, "for a test"));
    }

    private Caldb open() {
        IndexFile.write(dir.resolve("caldb.indx"), rows, "2020-01-01");
        for (CaldbEntry e : rows) {
            try {
                Files.createDirectories(dir.resolve(e.file()).getParent());
                Files.writeString(dir.resolve(e.file()), "content does not matter here");
            } catch (IOException x) {
                throw new AssertionError(x);
            }
        }
        return Caldb.open(Optional.of(dir));
    }

    private static CaldbQuery at(CaldbKind kind, double mjd) {
        return new CaldbQuery(kind, "XRISM", "XTEND", OptionalDouble.of(mjd), "");
    }

    private static CaldbQuery undated(CaldbKind kind) {
        return new CaldbQuery(kind, "XRISM", "XTEND", OptionalDouble.empty(), "");
    }

    @Test
    void takesTheYoungestThatIsNotYoungerThanTheData() {
        row("a.fits", "SPLIT_TH", 58000, 0);
        row("c.fits", "SPLIT_TH", 59000.5, 0);
        row("b.fits", "SPLIT_TH", 58500, 0);
        Caldb caldb = open();
        assertThat(caldb.select(at(CaldbKind.SPLIT_TH, 58499.99)).file()).hasToString("a.fits");
        assertThat(caldb.select(at(CaldbKind.SPLIT_TH, 58500)).file()).hasToString("b.fits");
        assertThat(caldb.select(at(CaldbKind.SPLIT_TH, 59000.4)).file()).hasToString("b.fits");
        assertThat(caldb.select(at(CaldbKind.SPLIT_TH, 99999)).file()).hasToString("c.fits");
    }

    @Test
    void badQualityAndOtherKindsAndOtherInstrumentsDoNotCount() {
        row("good.fits", "GAIN", 58000, 0);
        row("bad.fits", "GAIN", 58500, 5);
        row("other.fits", "CTI", 58600, 0);
        rows.add(new CaldbEntry(4, "XRISM", "RESOLVE", "NONE", "NONE", Path.of("resolve.fits"), 1, "GAIN", List.of(),
                58700, "2019-01-01", 0, ""));
        assertThat(open().select(at(CaldbKind.GAIN, 60000)).file()).hasToString("good.fits");
    }

    @Test
    void firstRowOfTheIndexWinsATie() {
        row("second.fits", "GAIN", 58000, 5);
        row("x.fits", "GAIN", 58500, 0);
        row("a.fits", "GAIN", 58500, 0);
        CaldbEntry e = open().select(at(CaldbKind.GAIN, 60000));
        assertThat(e.file()).hasToString("x.fits");
        assertThat(e.row()).isEqualTo(2);
    }

    @Test
    void withoutADateTheFirstGoodRowWinsWhateverItsAge() {
        row("bad.fits", "GAIN", 58600, 5);
        row("old.fits", "GAIN", 58000, 0);
        row("young.fits", "GAIN", 58500, 0);
        assertThat(open().select(undated(CaldbKind.GAIN)).file()).hasToString("old.fits");
    }

    @Test
    void boundariesChooseTheExtension() {
        row("w1ci.fits", "GAIN", 58000, 0, "DATAMODE(WINDOW1)", "CISTATUS(1)");
        row("w2ci.fits", "GAIN", 58000, 0, "DATAMODE(WINDOW2)", "CISTATUS(1)");
        row("w2no.fits", "GAIN", 58000, 0, "DATAMODE(WINDOW2)", "CISTATUS(0)");
        Caldb caldb = open();
        assertThat(chosen(caldb, DataMode.WINDOW1BURST, 1)).isEqualTo("w1ci.fits");
        assertThat(chosen(caldb, DataMode.WINDOW2, 1)).isEqualTo("w2ci.fits");
        assertThat(chosen(caldb, DataMode.WINDOW2BURST, 0)).isEqualTo("w2no.fits");
        assertThatThrownBy(() -> chosen(caldb, DataMode.WINDOW1, 0)).isInstanceOfSatisfying(SxiException.class,
                e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CALIBRATION));
    }

    private static String chosen(Caldb caldb, DataMode mode, int ci) {
        return caldb.select(CaldbQuery.of(CaldbKind.GAIN, "XRISM", "XTEND", 59000, mode, ci)).file().toString();
    }

    @Test
    void nothingFoundTellsTheQuery() {
        row("late.fits", "GAIN", 58500, 0, "DATAMODE(WINDOW1)");
        Caldb caldb = open();
        assertThatThrownBy(() -> caldb.select(
                CaldbQuery.of(CaldbKind.GAIN, "XRISM", "XTEND", 58000.25, DataMode.WINDOW1, 1)))
                .isInstanceOfSatisfying(SxiException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CALIBRATION))
                .hasMessageContainingAll("XRISM/XTEND GAIN", "58000.25", "DATAMODE.eq.WINDOW1.and.CISTATUS.eq.1",
                        "1 rows of this kind", "2019-01-01");
        assertThatThrownBy(() -> caldb.select(new CaldbQuery(CaldbKind.GAIN, "HITOMI", "SXI",
                OptionalDouble.of(60000), ""))).hasMessageContainingAll("HITOMI/SXI GAIN", "no row of this kind");
    }

    @Test
    void aMissingFileIsAnErrorOfCalibration() throws IOException {
        row("sub/gone.fits", "GAIN", 58000, 0);
        Caldb caldb = open();
        Files.delete(dir.resolve("sub/gone.fits"));
        assertThatThrownBy(() -> caldb.select(undated(CaldbKind.GAIN))).isInstanceOfSatisfying(SxiException.class,
                e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CALIBRATION))
                .hasMessageContainingAll("gone.fits", "row 1", "missing");
    }

    @Test
    void theIndexComesBackAsItWasWritten() {
        row("sub/a.fits", "GAIN", 58000.5, 0, "DATAMODE(WINDOW1)", "CISTATUS(1)");
        row("b.fits", "CTI", 58001, 5);
        assertThat(open().entries()).isEqualTo(rows);
    }

    @Test
    void aTextThatDoesNotFitIsNotCut() {
        row("x".repeat(41), "GAIN", 58000, 0);
        assertThatThrownBy(this::open).isInstanceOf(SxiException.class).hasMessageContainingAll("CAL_FILE", "40");
    }

    @Test
    void aTreeIsFoundThroughItsConfiguration() throws IOException {
        row("data/xrism/xtend/bcf/a.fits", "GAIN", 58000, 0);
        open();
        Path index = Files.createDirectories(dir.resolve("data/xrism/xtend")).resolve("caldb.indx");
        Files.move(dir.resolve("caldb.indx"), index);
        Path config = Files.createDirectories(dir.resolve("software/tools")).resolve("caldb.config");
        Files.writeString(config, """
                # comment
                XRISM RESOLVE CALDB data/xrism/resolve caldb.indx CALDB data/xrism/resolve
                XRISM XTEND CALDB data/xrism/xtend caldb.indx CALDB data/xrism/xtend
                """);
        Caldb caldb = Caldb.open(Optional.of(dir));
        assertThat(caldb.index()).isEqualTo(index);
        assertThat(caldb.file(caldb.select(undated(CaldbKind.GAIN)))).exists();
        Files.writeString(config, "# nothing\n");
        assertThatThrownBy(() -> Caldb.open(Optional.of(dir))).hasMessageContaining("does not know XRISM XTEND");
    }

    @Test
    void noIndexOrADamagedOneIsAnErrorOfCalibration() throws IOException {
        assertThatThrownBy(() -> Caldb.open(Optional.of(dir))).isInstanceOfSatisfying(SxiException.class,
                e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CALIBRATION)).hasMessageContaining("caldb.indx");
        Files.writeString(dir.resolve("caldb.indx"), "not FITS");
        assertThatThrownBy(() -> Caldb.open(Optional.of(dir))).isInstanceOfSatisfying(SxiException.class,
                e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CALIBRATION)).hasMessageContaining("caldb.indx");
    }
}
