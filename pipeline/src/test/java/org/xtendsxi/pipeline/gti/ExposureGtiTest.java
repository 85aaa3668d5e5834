// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.gti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/** Good time of frames, with the vectors of the specification (events-coords-screening section 18). */
class ExposureGtiTest {
    private static final EventSchema SCHEMA = new EventSchema(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s"),
            Column.of("CCD_ID", ColumnType.BYTE, 1).nullValue(255),
            Column.of("SEGMENT", ColumnType.BYTE, 1).nullValue(255),
            Column.of("DATACTLM", ColumnType.INT, 1), Column.of("FRAMETYPE", ColumnType.BYTE, 1),
            Column.of("DETNAM", ColumnType.TEXT, 8), Column.of("DATAMODE", ColumnType.TEXT, 16),
            Column.of("FULL", ColumnType.BYTE, 1)));

    @TempDir
    Path folder;
    private final List<Row> rows = new ArrayList<>();

    private record Row(double time, int ccd, int segment, int dataClass, int type, String detectors, String mode,
            int full) {
    }

    private void cycle(double time, int dataClass, String detectors, String mode, int... segments) {
        for (int s : segments) {
            rows.add(new Row(time, s / 2, s % 2, dataClass, 0, detectors, mode, 0));
        }
    }

    private ExposureGti read(String dataClass, DataMode mode) {
        Path file = folder.resolve("exp.fits");
        try (FitsWriter w = FitsWriter.create(file); EventChunk c = EventChunk.allocate(SCHEMA, 0, rows.size())) {
            c.put("TIME", rows.stream().mapToDouble(Row::time).toArray());
            c.put("CCD_ID", rows.stream().mapToInt(Row::ccd).toArray());
            c.put("SEGMENT", rows.stream().mapToInt(Row::segment).toArray());
            c.put("DATACTLM", rows.stream().mapToInt(Row::dataClass).toArray());
            c.put("FRAMETYPE", rows.stream().mapToInt(Row::type).toArray());
            c.put("DETNAM", rows.stream().map(Row::detectors).toArray(String[]::new));
            c.put("DATAMODE", rows.stream().map(Row::mode).toArray(String[]::new));
            c.put("FULL", rows.stream().mapToInt(Row::full).toArray());
            w.primary(new Keywords());
            w.table("EXPOSURE", c, new Keywords());
            w.commit();
        }
        return ExposureGti.read(file, dataClass, mode.timing());
    }

    @Test
    @Tag("validation")
    void vectorOfTheEighthWindow() {
        cycle(1000, 0x31100010, "CCD12", "WINDOW2", 0, 1, 2, 3);
        List<Gti> mode = read("31100010", DataMode.WINDOW2).mode().intervals();
        assertThat(mode).hasSize(8);
        assertThat(mode.getFirst().start()).isCloseTo(1000.036864, within(1e-9));
        assertThat(mode.getFirst().stop()).isCloseTo(1000.4999824, within(1e-9));
        assertThat(mode.getLast().start()).isCloseTo(1003.5367408, within(1e-9));
        assertThat(mode.getLast().stop()).isCloseTo(1004.0, within(1e-9));
    }

    @Test
    @Tag("validation")
    void vectorOfTheBurst() {
        cycle(0, 0x31200010, "CCD12", "WINDOW1BURST2", 0, 1, 2, 3);
        assertThat(read("31200010", DataMode.WINDOW1BURST2).mode().intervals()).singleElement().satisfies(g -> {
            assertThat(g.start()).isCloseTo(3.9024, within(1e-9));
            assertThat(g.stop()).isCloseTo(3.9629952, within(1e-9));
        });
    }

    @Test
    void missingSegmentRemovesItsFrameFromTheModeOnly() {
        cycle(0, 0x30000010, "CCD", "WINDOW1", 0, 1, 2, 3, 4, 5, 6, 7);
        cycle(4, 0x30000010, "CCD", "WINDOW1", 0, 1, 2, 3, 4, 5, 6);
        cycle(8, 0x30000010, "CCD", "WINDOW1", 0, 1, 2, 3, 4, 5, 6, 7);
        ExposureGti g = read("30000010", DataMode.WINDOW1);
        assertThat(g.mode().total()).isCloseTo(2 * 3.963136, within(1e-9));
        assertThat(g.segments().get(0).total()).isCloseTo(3 * 3.963136, within(1e-9));
        assertThat(g.segments().get(7).total()).isCloseTo(2 * 3.963136, within(1e-9));
        assertThat(g.frames(7)).isEqualTo(2);
        assertThat(g.telemetry()).isEqualTo(GtiList.of(List.of(new Gti(0, 4), new Gti(8, 12))));
    }

    @Test
    void fullFrameIsSaturatedTelemetry() {
        cycle(0, 0x32000010, "CCD34", "WINDOW1", 4, 5, 6, 7);
        cycle(4, 0x32000010, "CCD34", "WINDOW1", 4, 5, 6);
        rows.add(new Row(4, 3, 1, 0x32000010, 0, "CCD34", "WINDOW1", 1));
        assertThat(read("32000010", DataMode.WINDOW1).telemetry()).isEqualTo(GtiList.of(List.of(new Gti(0, 4))));
    }

    @Test
    void otherClassesTypesAndModesDoNotCount() {
        cycle(0, 0x31100010, "CCD12", "WINDOW2", 0, 1, 2, 3);
        cycle(0, 0x32000010, "CCD34", "WINDOW1", 4, 5, 6, 7);
        rows.add(new Row(4, 2, 0, 0x32000010, 3, "CCD34", "WINDOW1", 0));
        rows.add(new Row(8, 0, 0, 0x32000010, 0, "CCD34", "WINDOW1", 0));
        ExposureGti g = read("32000010", DataMode.WINDOW1);
        assertThat(g.segments().keySet()).isEqualTo(new java.util.TreeSet<>(Arrays.asList(4, 5, 6, 7)));
        assertThat(g.mode().total()).isCloseTo(3.963136, within(1e-9));
        assertThatThrownBy(() -> read("30000010", DataMode.WINDOW1)).isInstanceOf(SxiException.class)
                .hasMessageContaining("30000010");
    }
}
