// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;

class HeapTableTest {
    @TempDir
    Path dir;

    private static HeapTable sample() {
        HeapTable t = new HeapTable(List.of(HeapTable.Field.one(Column.of("N", ColumnType.SHORT, 1)),
                HeapTable.Field.many(Column.of("F", ColumnType.INT, 1).range(0, 99)),
                HeapTable.Field.one(Column.of("D", ColumnType.DOUBLE, 1).unit("keV")),
                HeapTable.Field.many(Column.of("M", ColumnType.FLOAT, 1))));
        t.row(new double[] {2}, new double[] {3, 40}, new double[] {0.1}, new double[] {0.5, 0.25, 0.125});
        t.row(new double[] {0}, new double[] {}, new double[] {0.2}, new double[] {});
        t.row(new double[] {1}, new double[] {99}, new double[] {0.3}, new double[] {1, 2, 3, 4});
        return t;
    }

    private Path write() {
        Path p = dir.resolve("heap.fits");
        try (FitsWriter w = FitsWriter.create(p)) {
            w.primary(new Keywords());
            w.table("MATRIX", sample(), new Keywords().set("LO_THRES", 1e-6, ""));
            w.image("AFTER", Image.counts(1, 1, new double[] {7}), new Keywords());
            w.commit();
        }
        return p;
    }

    @Test
    void rowsOfAnyLengthComeBack() {
        try (FitsReader r = FitsReader.open(write())) {
            Hdu h = r.need("MATRIX");
            Keywords k = h.keywords();
            assertThat(HeapTable.column(r, h, "N")).isDeepEqualTo(new double[][] {{2}, {0}, {1}});
            assertThat(HeapTable.column(r, h, "F")).isDeepEqualTo(new double[][] {{3, 40}, {}, {99}});
            assertThat(HeapTable.column(r, h, "D")).isDeepEqualTo(new double[][] {{0.1}, {0.2}, {0.3}});
            assertThat(HeapTable.column(r, h, "M"))
                    .isDeepEqualTo(new double[][] {{0.5, 0.25, 0.125}, {}, {1, 2, 3, 4}});
            assertThat(k.needText("TFORM2")).isEqualTo("1PJ(2)");
            assertThat(k.needText("TFORM4")).isEqualTo("1PE(4)");
            assertThat(k.needInteger("PCOUNT")).isEqualTo(3 * 4 + 7 * 4);
            assertThat(k.needReal("LO_THRES")).isEqualTo(1e-6);
            assertThat(Image.read(r, r.need("AFTER")).values()).containsExactly(7);
        }
    }

    @Test
    void isNotTakenForATableOfFixedColumns() {
        try (FitsReader r = FitsReader.open(write())) {
            assertThat(r.need("MATRIX").kind()).isEqualTo(Hdu.Kind.OTHER);
            assertThatThrownBy(() -> r.whole(r.need("MATRIX"))).isInstanceOf(SxiException.class)
                    .hasMessageContaining("MATRIX").hasMessageContaining("fixed length");
            assertThatThrownBy(() -> HeapTable.column(r, r.need("MATRIX"), "X")).isInstanceOf(SxiException.class)
                    .hasMessageContaining("column is missing");
        }
    }

    @Test
    void pointerOutsideTheHeapIsReported() throws IOException {
        Path p = write();
        long data;
        try (FitsReader r = FitsReader.open(p)) {
            data = r.need("MATRIX").dataOffset();
        }
        try (RandomAccessFile f = new RandomAccessFile(p.toFile(), "rw")) {
            f.seek(data + 2);
            f.writeInt(1000);
        }
        try (FitsReader r = FitsReader.open(p)) {
            assertThatThrownBy(() -> HeapTable.column(r, r.need("MATRIX"), "F")).isInstanceOf(SxiException.class)
                    .hasMessageContaining("row 1, column F").hasMessageContaining("outside the heap");
        }
    }

    @Test
    void rowsThatDoNotFitAreFaultsOfTheProgram() {
        HeapTable t = sample();
        double[] one = {1};
        assertThatThrownBy(() -> t.row(one, one, one)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> t.row(new double[] {40000}, one, one, one))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> t.row(new double[2], one, one, one)).isInstanceOf(IllegalArgumentException.class);
        List<HeapTable.Field> text = List.of(HeapTable.Field.one(Column.of("T", ColumnType.TEXT, 1)));
        assertThatThrownBy(() -> new HeapTable(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
