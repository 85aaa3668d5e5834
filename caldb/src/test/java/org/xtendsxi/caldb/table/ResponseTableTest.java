// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.xtendsxi.caldb.table.ResponseTable.Term;

class ResponseTableTest {
    @TempDir
    Path dir;

    /** Rows with the given times; term t of row r at energy e is t + 1 + r e. */
    private Path file(double[] times, double... energies) {
        int n = energies.length;
        List<Column> columns = new ArrayList<>(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s"),
                Column.of("CORNER_DETX", ColumnType.SHORT, 4), Column.of("CORNER_DETY", ColumnType.SHORT, 4),
                Column.of("ENERGY", ColumnType.DOUBLE, n).unit("keV")));
        for (Term t : Term.values()) {
            columns.add(Column.of(t.name(), ColumnType.DOUBLE, n));
        }
        Path p = dir.resolve("rmfparam.fits");
        int rows = times.length;
        try (FitsWriter w = FitsWriter.create(p);
                EventChunk c = EventChunk.allocate(new EventSchema(columns), 0, rows)) {
            c.put("TIME", times);
            int[] corner = new int[4 * rows];
            double[] e = new double[n * rows];
            for (int i = 0; i < corner.length; i++) {
                corner[i] = i;
            }
            for (int i = 0; i < e.length; i++) {
                e[i] = energies[i % n];
            }
            c.put("CORNER_DETX", corner);
            c.put("CORNER_DETY", corner);
            c.put("ENERGY", e);
            for (Term t : Term.values()) {
                double[] v = new double[n * rows];
                for (int i = 0; i < v.length; i++) {
                    v[i] = t.ordinal() + 1 + i / n * e[i];
                }
                c.put(t.name(), v);
            }
            w.primary(new Keywords());
            w.table("RMF_PARAMETERS", c, new Keywords().set("INSTRUME", "SXI", "").set("DATAMODE", "WINDOW1", "")
                    .set("CISTATUS", 1L, "").set("NSUBREG", 2L, ""));
            w.commit();
        }
        return p;
    }

    private static ResponseTable load(Path p, double when) {
        return ResponseTable.load(TableSource.of(p), new TableChoice("WINDOW1", 1, when, false));
    }

    @Test
    void lastBlockThatHasBegunCounts() {
        Path p = file(new double[] {100, 100, 200}, 1, 2);
        assertThat(load(p, 199).regions()).isEqualTo(2);
        assertThat(load(p, 199).cornerX(1, 3)).isEqualTo(7);
        assertThat(load(p, 200).time()).isEqualTo(200);
        assertThat(load(p, 50).time()).isEqualTo(100);
    }

    @Test
    void lastBlockMayHaveOneRow() {
        ResponseTable t = load(file(new double[] {100, 100, 200}, 1, 2), 300);
        assertThat(t.regions()).isEqualTo(1);
        assertThat(t.cornerY(0, 0)).isEqualTo(8);
    }

    @Test
    void straightLinesBetweenAndBeyond() {
        ResponseTable t = load(file(new double[] {0, 0}, 1, 2, 5), 1);
        assertThat(t.at(0, 3)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        for (double kev : new double[] {0.5, 1, 1.5, 2, 4, 5, 8}) {
            assertThat(t.at(1, kev)[Term.CONST_AMP.ordinal()]).as(kev + " keV").isCloseTo(11 + kev, within(1e-12));
        }
    }

    @Test
    void damagedTablesAreCalibrationErrors() {
        assertThatThrownBy(() -> load(file(new double[] {0, 0, 0}, 1, 2), 1)).isInstanceOfSatisfying(SxiException.class,
                e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CALIBRATION)).hasMessageContaining("too many rows");
        assertThatThrownBy(() -> load(file(new double[] {0}, 2, 1), 1)).isInstanceOf(SxiException.class)
                .hasMessageContaining("row 1, column ENERGY").hasMessageContaining("do not ascend");
        assertThatThrownBy(() -> load(file(new double[] {0}, 2), 1)).isInstanceOf(SxiException.class)
                .hasMessageContaining("two energies");
    }
}
