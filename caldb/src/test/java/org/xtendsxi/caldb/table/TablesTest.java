// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;

/** Tables that are more than rows of numbers. */
class TablesTest {
    @TempDir
    private Path folder;

    @Test
    void patternsAreFoundByBits() {
        GradePatternTable t = GradePatternTable.of(new int[] {0b101, 0b101, 0b1}, new int[] {2, 7, 0});
        assertThat(t.grade(0b101)).as("the first row wins").isEqualTo(2);
        assertThat(t.grade(0b11)).isEqualTo(GradePatternTable.ABSENT);
        assertThat(t.complete()).isFalse();
    }

    @Test
    void patternFileHasOnesAndTwos() {
        Path path = folder.resolve("pattern.fits");
        EventSchema schema = new EventSchema(List.of(Column.of("GRADE", ColumnType.SHORT, 1),
                Column.of("PATTERN", ColumnType.SHORT, 9)));
        try (FitsWriter w = FitsWriter.create(path); EventChunk c = EventChunk.allocate(schema, 0, 1)) {
            c.put("GRADE", new int[] {3});
            c.put("PATTERN", new int[] {1, 2, 2, 2, 1, 2, 2, 2, 2});
            w.primary(new Keywords());
            w.table("HIT_PATTERN", c, new Keywords());
            w.commit();
        }
        assertThat(GradePatternTable.load(TableSource.of(path)).grade(0b10001)).isEqualTo(3);
    }

    @Test
    void anomalousRegionsBelongToColumns() {
        AnomalyRegions r = AnomalyRegions.of(new int[] {2}, new int[] {640}, new int[] {10}, new int[] {20});
        assertThat(r.has(2, 640)).isTrue();
        assertThat(r.has(1, 640)).isFalse();
        assertThat(new int[] {r.min(2, 640), r.max(2, 640)}).containsExactly(10, 20);
    }

    @Test
    void sourcesAreParsed() {
        assertThat(TableSource.parse("a/b.fits")).isEqualTo(new TableSource(Path.of("a/b.fits"), ""));
        assertThat(TableSource.parse("a.fits[CTI_1]")).isEqualTo(new TableSource(Path.of("a.fits"), "CTI_1"));
        assertThat(TableSource.parse("a.fits+3")).isEqualTo(new TableSource(Path.of("a.fits"), "3"));
    }

    @Test
    void temperaturesAreReadByBoard() {
        Path path = folder.resolve("hk.fits");
        List<Column> columns = List.of(Column.of("TIME", ColumnType.DOUBLE, 1),
                Column.of("HKMIO1_VT_A_CAL", ColumnType.DOUBLE, 1), Column.of("HKMIO1_VT_B_CAL", ColumnType.DOUBLE, 1),
                Column.of("HKMIO2_VT_B_CAL", ColumnType.DOUBLE, 1));
        try (FitsWriter w = FitsWriter.create(path);
                EventChunk c = EventChunk.allocate(new EventSchema(columns), 0, 3)) {
            c.put("TIME", new double[] {0, Double.NaN, 8});
            c.put("HKMIO1_VT_A_CAL", new double[] {1, 2, Double.NaN});
            c.put("HKMIO1_VT_B_CAL", new double[] {3, 4, 5});
            c.put("HKMIO2_VT_B_CAL", new double[] {6, 7, 8});
            w.primary(new Keywords());
            w.table("HK", c, new Keywords().set("TSTART", 0.0, "").set("TSTOP", 8.0, ""));
            w.commit();
        }
        VideoTemperature.Location where = new VideoTemperature.Location("HK", "HK", "A,B,B,B");
        VideoTemperature strict = VideoTemperature.load(path, where, 1, 5, false);
        assertThat(strict.size(0)).isEqualTo(1);
        assertThat(strict.size(1)).isEqualTo(2);
        assertThat(strict.value(2, 1)).isEqualTo(8);
        assertThat(new int[] {strict.firstAfter(1, -1), strict.firstAfter(1, 0), strict.firstAfter(1, 8)})
                .containsExactly(0, 1, 2);
        assertThat(VideoTemperature.load(path, where, 1, 5, true).value(0, 1)).isNaN();
        assertThatThrownBy(() -> VideoTemperature.load(path, where, 9, 10, false)).isInstanceOf(SxiException.class)
                .hasMessageContaining("does not overlap");
        VideoTemperature.Location few = new VideoTemperature.Location("HK", "HK", "A,B");
        assertThatThrownBy(() -> VideoTemperature.load(path, few, 1, 5, false)).isInstanceOf(SxiException.class)
                .hasMessageContaining("hkvideoid");
    }
}
