// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.housekeeping.CcdTemperature;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.calib.common.OneTemperature.Observation;

/** Observations at different CCD temperatures are not calibrated together. */
@Tag("validation")
class OneTemperatureTest {
    private static final int ROWS = 200;
    private static final double LENGTH = 4.0 * ROWS;

    @TempDir
    Path dir;

    /** Housekeeping of an observation in which a CCD warms up; the first row is a glitch. */
    private Path housekeeping(String name, double start, int ccd, double first, double last) {
        List<Column> columns = new ArrayList<>(List.of(EventColumns.TIME));
        for (int c = 0; c < 4; c++) {
            columns.add(Column.of(CcdTemperature.column(c), ColumnType.DOUBLE, 1).unit("C"));
        }
        Keywords k = new Keywords().set("TSTART", start, "").set("TSTOP", start + LENGTH, "");
        Path file = dir.resolve(name);
        try (FitsWriter f = FitsWriter.create(file);
                EventChunk t = EventChunk.allocate(new EventSchema(columns), 0, ROWS)) {
            double[] v = new double[ROWS];
            Arrays.setAll(v, i -> start + 4 * i);
            t.put("TIME", v);
            for (int c = 0; c < 4; c++) {
                int number = c;
                Arrays.setAll(v, i -> i == 0 ? 20 : number == ccd ? first + (last - first) * i / ROWS : -110);
                t.put(CcdTemperature.column(c), v);
            }
            f.primary(k);
            f.table(VideoTemperature.Location.ARCHIVE.extension(), t, k);
            f.commit();
        }
        return file;
    }

    private static Observation observation(String name, double start) {
        return new Observation(Path.of(name), start, start + LENGTH);
    }

    @Test
    void oneTemperatureIsTold() {
        List<Path> hk = List.of(housekeeping("a.hk", 0, 1, -110, -110), housekeeping("b.hk", 5000, 1, -110.4, -110.4));
        assertThat(OneTemperature.check(List.of(observation("a", 0), observation("b", 5000)), hk, 1))
                .contains("CCD1 -110.00 to -110.00", "CCD2 -110.40 to -110.00");
        assertThat(OneTemperature.check(List.of(observation("c", 20_000)), hk, 1)).isEqualTo(OneTemperature.UNKNOWN);
        assertThat(OneTemperature.check(List.of(observation("a", 0)), List.of(), 1)).isEqualTo(OneTemperature.UNKNOWN);
    }

    @Test
    void otherTemperatureIsRefused() {
        List<Path> hk = List.of(housekeeping("a.hk", 0, 1, -110, -110), housekeeping("b.hk", 5000, 1, -107, -107));
        List<Observation> both = List.of(observation("a.evt", 0), observation("b.evt", 5000));
        assertThatThrownBy(() -> OneTemperature.check(both, hk, 1)).isInstanceOf(SxiException.class)
                .hasMessageContaining("b.evt").hasMessageContaining("CCD2").hasMessageContaining("-107.00 C")
                .hasMessageContaining("within 1.0 C of -110.00 C of a.evt").hasMessageContaining("--temperature-range");
        assertThat(OneTemperature.check(both, hk, 3)).contains("CCD2 -110.00 to -107.00");
    }

    @Test
    void changeWithinAnObservationIsRefused() {
        List<Path> hk = List.of(housekeeping("a.hk", 0, 3, -110, -104));
        assertThatThrownBy(() -> OneTemperature.check(List.of(observation("a.evt", 0)), hk, 1))
                .isInstanceOf(SxiException.class).hasMessageContaining("CCD4");
    }
}
