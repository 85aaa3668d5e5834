// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.table.SplitThresholdTable.Term;

/** Extension, time block and checks of calibration tables (energy-chain section 11), on split-threshold files. */
class TableLoadingTest {
    private static final int NODE_B = SegmentRow.of(0, 0, 1);

    @TempDir
    private Path folder;
    private List<Extension> extensions;

    private record Extension(String name, Keywords keywords, double[] time, double[] offset) {
    }

    @BeforeEach
    void startFile() {
        extensions = new ArrayList<>();
    }

    @Test
    void lastBlockThatBeginsBeforeTheObservationCounts() {
        add("SPLIT_TH", new double[] {0, 0, 100, 200}, new double[] {1, 2, 3, 4});
        assertThat(offset(99)).isEqualTo(1);
        assertThat(offset(150)).isEqualTo(3);
        assertThat(offset(1e9)).isEqualTo(4);
    }

    @Test
    void blockThatBeginsWithTheObservationIsTakenOnlyIfItIsTheFirst() {
        add("SPLIT_TH", new double[] {50, 100}, new double[] {1, 2});
        assertThat(offset(50)).isEqualTo(1);
        assertThat(offset(100)).isEqualTo(1);
    }

    @Test
    void observationBeforeTheFirstBlockIsRefused() {
        add("SPLIT_TH", new double[] {100}, new double[] {1});
        refused("calibration begins after the observation", 99);
    }

    @Test
    void rowsOutOfOrderAreRefused() {
        add("SPLIT_TH", new double[] {100, 50}, new double[] {1, 2});
        refused("TIME does not ascend", 200);
    }

    @Test
    void firstRowOfAKeyWinsAndOtherKeysAreAbsent() {
        add("SPLIT_TH", new double[] {0, 0}, new double[] {7, 8});
        SplitThresholdTable t = load(1, "");
        assertThat(t.value(t.row(NODE_B), Term.SPTH_OFFSET)).isEqualTo(7);
        assertThat(t.row(SegmentRow.of(3, 1, 0))).isEqualTo(-1);
    }

    @Test
    void valuesThatAreNotFiniteAreRefusedWithTheirRow() {
        add("SPLIT_TH", new double[] {0, 10}, new double[] {7, Double.NaN});
        refused("[SPLIT_TH] (row 2, column SPTH_OFFSET): value is not finite", 20);
        assertThat(offset(5)).isEqualTo(7);
    }

    @Test
    void tooManyRowsOfATimeAreRefused() {
        add("SPLIT_TH", new double[17], new double[17]);
        refused("too many rows of one TIME", 1);
    }

    @Test
    void anotherInstrumentIsRefused() {
        add("SPLIT_TH", new double[1], new double[1]);
        extensions.getFirst().keywords().set("INSTRUME", "SXS", "");
        refused("table is for another instrument", 1);
    }

    @Test
    void extensionOfTheNameCounts() {
        add("FIRST", new double[1], new double[] {1});
        add("SECOND", new double[1], new double[] {2});
        assertThat(offset(1)).isEqualTo(1);
        assertThat(load(1, "[SECOND]").value(0, Term.SPTH_OFFSET)).isEqualTo(2);
        assertThat(load(1, "+2").value(0, Term.SPTH_OFFSET)).isEqualTo(2);
        refused(() -> load(1, "[THIRD]"), "extension is missing");
    }

    @Test
    void extensionByPositionOrByKeywords() {
        mode("WINDOW2", 1, 21);
        mode("WINDOW1", 0, 10);
        mode("WINDOW1", 1, 11);
        assertThat(offset("WINDOW1", 1, true)).isEqualTo(21);
        assertThat(offset("WINDOW2", 1, true)).isEqualTo(10);
        assertThat(offset("WINDOW1", 1, false)).isEqualTo(11);
        assertThat(offset("WINDOW1", 0, false)).isEqualTo(10);
        assertThat(offset("WINDOW2", 0, false)).isEqualTo(21);
        refused(() -> offset("WINDOW3", 0, false), "file has no extension for the data mode");
    }

    @Test
    void fileThatDoesNotExistIsMissingCalibration() {
        refused(() -> SplitThresholdTable.load(TableSource.of(folder.resolve("none.fits")),
                new TableChoice("WINDOW1", 1, 1, false)), "file does not exist");
    }

    private void add(String name, double[] time, double[] offset) {
        extensions.add(new Extension(name, new Keywords().set("INSTRUME", "SXI", ""), time, offset));
    }

    private void mode(String mode, int ciStatus, double offset) {
        add(mode + ciStatus, new double[1], new double[] {offset});
        extensions.getLast().keywords().set("CBD10001", "DATAMODE(" + mode + ")", "")
                .set("CBD20001", "CISTATUS(" + ciStatus + ")", "");
    }

    private double offset(double start) {
        return load(start, "").value(0, Term.SPTH_OFFSET);
    }

    private double offset(String mode, int ciStatus, boolean byPosition) {
        try (CalibrationTable t = CalibrationTable.ofMode(TableSource.of(file()),
                new TableChoice(mode, ciStatus, 1, byPosition))) {
            return t.doubles("SPTH_OFFSET", 1)[0];
        }
    }

    private SplitThresholdTable load(double start, String suffix) {
        return SplitThresholdTable.load(TableSource.parse(file() + suffix),
                new TableChoice("WINDOW1", 1, start, false));
    }

    private void refused(String message, double start) {
        refused(() -> load(start, ""), message);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SxiException.class,
                e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CALIBRATION)).hasMessageContaining(message);
    }

    private Path file() {
        Path path = folder.resolve("spth.fits");
        EventSchema schema = new EventSchema(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s"),
                Column.of("CCD_ID", ColumnType.BYTE, 1), Column.of("SEGMENT", ColumnType.BYTE, 1),
                Column.of("READNODE", ColumnType.BYTE, 1), Column.of("SPTH_OFFSET", ColumnType.DOUBLE, 1),
                Column.of("SPTH_LINR", ColumnType.FLOAT, 1)));
        try (FitsWriter w = FitsWriter.create(path)) {
            w.primary(new Keywords());
            for (Extension e : extensions) {
                int n = e.time().length;
                try (EventChunk c = EventChunk.allocate(schema, 0, n)) {
                    int[] ones = new int[n];
                    Arrays.fill(ones, 1);
                    c.put("TIME", e.time());
                    c.put("READNODE", ones);
                    c.put("SPTH_OFFSET", e.offset());
                    c.put("SPTH_LINR", new double[n]);
                    w.table(e.name(), c, e.keywords());
                }
            }
            w.commit();
        }
        return path;
    }
}
