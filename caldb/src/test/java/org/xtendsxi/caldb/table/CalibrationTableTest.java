// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

/** Boundary keywords, units and keywords of calibration files (energy-chain section 11). */
class CalibrationTableTest {
    @TempDir
    private Path folder;

    private static EventChunk gain(double[] time, double[] offset, String unit) {
        List<Column> columns = new ArrayList<>(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit(unit)));
        for (String key : List.of("CCD_ID", "SEGMENT", "READNODE")) {
            columns.add(Column.of(key, ColumnType.BYTE, 1));
        }
        for (GainTable.Term t : GainTable.Term.values()) {
            columns.add(Column.of(t.name(), ColumnType.DOUBLE, 1));
        }
        EventChunk c = EventChunk.allocate(new EventSchema(columns), 0, time.length);
        for (GainTable.Term t : GainTable.Term.values()) {
            c.put(t.name(), new double[time.length]);
        }
        c.put("TIME", time);
        c.put("OFFSET_LOW", offset);
        return c;
    }

    private static Keywords keywords(String mode, int ci) {
        return new Keywords().set("INSTRUME", "XTEND", "").set("DATAMODE", mode, "").set("CISTATUS", ci, "");
    }

    private static TableChoice choice(String mode, int ci, double start, boolean byPosition) {
        return new TableChoice(mode, ci, start, byPosition);
    }

    private static double low(TableSource source, TableChoice choice) {
        GainTable t = GainTable.load(source, choice);
        return t.value(t.row(SegmentRow.of(0, 0, 0)), GainTable.Term.OFFSET_LOW);
    }

    private static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(SxiException.class).hasMessageContainingAll(words)
                .satisfies(e -> assertThat(((SxiException) e).exitCode()).isEqualTo(ExitCode.CALIBRATION));
    }

    @Test
    void extensionIsFoundByBoundaryKeywords() {
        Path path = folder.resolve("cbd.fits");
        try (FitsWriter w = FitsWriter.create(path); EventChunk a = gain(new double[] {0}, new double[] {4}, "s")) {
            w.primary(new Keywords());
            w.table("GAIN", a, new Keywords().set("CBD10001", "DATAMODE(WINDOW2)", "")
                    .set("CBD20001", "CISTATUS(1)", ""));
            w.commit();
        }
        assertThat(low(TableSource.of(path), choice("WINDOW2", 1, 5, false))).isEqualTo(4);
    }

    @Test
    void wrongUnitsAndMissingKeywordsAreNamed() {
        Path path = folder.resolve("bad.fits");
        bad(path, new double[] {0}, new double[] {1}, "d");
        refused(() -> low(TableSource.of(path), choice("WINDOW1", 1, 5, false)), "another unit", "(d, limit s)");
        bad(path, new double[] {0}, new double[] {1}, "s");
        refused(() -> EvenOddTable.load(TableSource.of(path), choice("WINDOW1", 1, 5, false)), "VT_MIN");
    }

    private static void bad(Path path, double[] time, double[] offset, String unit) {
        try (FitsWriter w = FitsWriter.create(path); EventChunk a = gain(time, offset, unit)) {
            w.primary(new Keywords());
            w.table("GAIN", a, keywords("WINDOW1", 1));
            w.commit();
        }
    }

    @Test
    void pulseHeightsInEnergiesAreRefused() {
        Path path = folder.resolve("energies.fits");
        try (FitsWriter w = FitsWriter.create(path); EventChunk a = gain(new double[] {0}, new double[] {1}, "s");
                EventChunk b = EventChunk.allocate(a.schema().with(List.of(
                        Column.of("BOUND_LM", ColumnType.DOUBLE, 1).unit("eV"))), 0, 1)) {
            a.schema().columns().stream().filter(c -> c.type().real()).forEach(c -> b.put(c.name(), new double[] {0}));
            w.primary(new Keywords());
            w.table("GAIN", b, keywords("WINDOW1", 1));
            w.commit();
        }
        refused(() -> low(TableSource.of(path), choice("WINDOW1", 1, 5, false)), "another unit", "BOUND_LM", "eV");
    }

    @Test
    void segmentsAreNumberedAndNamed() {
        assertThat(SegmentRow.of(1, 0, 1)).isEqualTo(5);
        assertThat(SegmentRow.of(4, 0, 0)).isEqualTo(-1);
        assertThat(SegmentRow.words(SegmentRow.of(2, 1, 0))).contains("node D");
    }
}
