// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;

/** Event and housekeeping files with something wrong, in a task and in a run: exit 3, what is wrong, no output. */
@Tag("validation")
class BadEventsTest {
    private static final double START = 160000000;

    @TempDir
    Path dir;

    private Path events() {
        return SmallEvents.write(dir.resolve("obs/xtend/event_uf/xa900000001xtd_p030000010_uf.evt"), "XRISM", "XTEND");
    }

    private CommandLineRun task(Object... more) {
        return CommandLineRun.of(Stream.concat(Stream.of("xtdpi", "infile=" + dir.resolve(
                "obs/xtend/event_uf/xa900000001xtd_p030000010_uf.evt"), "outfile=" + dir.resolve("out.evt")),
                Stream.of(more)).toArray());
    }

    private CommandLineRun flow(Object... more) {
        return CommandLineRun.of(Stream.concat(Stream.of("run", dir.resolve("obs"), "--out", dir.resolve("out"),
                "--exit", "calibrate"), Stream.of(more)).toArray());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'PHAS    '|'PHAX    '|PHAS", "'P_OUTER_MOST'|'Q_OUTER_MOST'|P_OUTER_MOST",
        "'ADCAVE  '|'ADCAVG  '|ADCAVE", "TNULL6  =|XNULL6  =|TNULL", "TLMAX6  =|XLMAX6  =|TLMAX",
        "TFORM13 = '9I      '|TFORM13 = '3J      '|row length"}, quoteCharacter = '#')
    void columnsOfATask(String text, String by, String told) throws IOException {
        Path file = events();
        Damage.replace(file, text, by);
        CommandLineRun run = task("vtcor=no");
        assertThat(run.err()).contains(told, file.getFileName().toString());
        assertThat(run.code()).isEqualTo(3);
        assertThat(dir.resolve("out.evt")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'RAWX    '|'RAWQ    '|column RAWX",
            "'PROC_STATUS'|'PRUC_STATUS'|column PROC_STATUS",
        "'PHAS_INNER3X3'|'PHAS_INNER3XX'|column PHAS_INNER3X3",
        "TUNIT6  = 'pixel   '|TUNIT6  = 'mm      '|another unit", "TNULL8  =|XNULL8  =|TNULL"}, quoteCharacter = '#')
    void columnsOfARun(String text, String by, String told) throws IOException {
        Damage.replace(events(), text, by);
        CommandLineRun run = flow("--set", "evenodd.vtcor=no");
        assertThat(run.err()).contains(told);
        assertThat(run.code()).isEqualTo(3);
        assertThat(dir.resolve("out/xtend")).satisfiesAnyOf(p -> assertThat(p).doesNotExist(),
                p -> assertThat(p.toFile().list()).allMatch(f -> f.equals("event_uf")));
        assertThat(dir.resolve("out/xtend/event_uf/xa900000001xtd_p030000010_uf.evt")).doesNotExist();
    }

    @Test
    void aColumnOfAnotherLengthOrShape() {
        EventSchema schema = new EventSchema(List.of(EventColumns.TIME, Column.of("PHAS", ColumnType.SHORT, 8)));
        write(dir.resolve("obs/xtend/event_uf/xa900000001xtd_p030000010_uf.evt"), "EVENTS", schema,
                new double[] {START});
        CommandLineRun run = task("vtcor=no", "vtevnoddfile=CALDB");
        assertThat(run.err()).contains("column PHAS", "another length", "8I", "9I");
        assertThat(run.code()).isEqualTo(3);
        write(dir.resolve("obs/xtend/event_uf/xa900000001xtd_p030000010_uf.evt"), "EVENTS", new EventSchema(List.of(
                EventColumns.TIME, EventColumns.PHAS.keyword("TDIM", "(3,4)"))), new double[] {START});
        assertThat(task("vtcor=no").err()).contains("TDIM2", "shape of the column", "(3,4)");
    }

    private static void write(Path file, String extension, EventSchema schema, double[] time) {
        Keywords k = new Keywords().set("TELESCOP", "XRISM", "").set("INSTRUME", "XTEND", "")
                .set("DATAMODE", "WINDOW1", "")
                .set("TSTART", START, "").set("TSTOP", START + 32, "").set("MJDREFI", 58484, "")
                .set("MJDREFF", 0.000800740741, "").set("CISTATUS", 0, "").set("CIPERIOD", 0, "").set("CIOFFSET", 0, "")
                .set("CIFIRST", 0, "").set("WIN_ST", 1, "");
        for (String key : List.of("HUCLEGTH", "VUCHEGHT", "IMGHEGHT", "ACTVNODE", "EVENTTHR")) {
            k.set(key, "(0,1,0,1,0,1,0,1)", "");
        }
        try (FitsWriter w = FitsWriter.create(file); EventChunk t = EventChunk.allocate(schema, 0, time.length)) {
            t.put("TIME", time);
            w.primary(k);
            w.table(extension, t, k);
            w.commit();
        }
    }

    private Path housekeeping(double... time) {
        List<Column> columns = new ArrayList<>(List.of(EventColumns.TIME));
        for (String board : List.of("MIO1_VT_A", "MIO1_VT_B", "MIO2_VT_A", "MIO2_VT_B")) {
            columns.add(Column.of("SXI_USR_HKTBL_" + board + "_CAL", ColumnType.DOUBLE, 1).unit("C"));
        }
        Path file = dir.resolve("obs/xtend/hk/xa900000001xtd_a0.hk");
        write(file, VideoTemperature.Location.ARCHIVE.extension(), new EventSchema(columns), time);
        return file;
    }

    @Test
    void housekeepingOutOfOrder() {
        events();
        Path hk = housekeeping(START, START + 8, START + 4, START + 40);
        for (CommandLineRun run : List.of(task("hkfile=" + hk), flow())) {
            assertThat(run.err()).contains(hk.toString(), "row 3", "column TIME", "not in time order");
            assertThat(run.code()).isEqualTo(3);
        }
    }

    @Test
    void housekeepingWithNullTimes() {
        events();
        Path hk = housekeeping(Double.NaN, Double.NaN);
        CommandLineRun run = task("hkfile=" + hk);
        assertThat(run.err()).contains(hk.toString(), "column TIME", "no row with a time", "vtcor=no");
        assertThat(run.code()).isEqualTo(3);
        housekeeping(START - 4, START, Double.NaN, START + 4, START + 40);
        assertThat(task("hkfile=" + hk).code()).as("a single null row is left out").isZero();
    }

    @Test
    void aRunWithoutHousekeepingSaysWhatToDo() {
        events();
        CommandLineRun run = flow();
        assertThat(run.err()).contains("housekeeping file is missing", "xa900000001xtd_a0.hk",
                "--set evenodd.vtcor=no");
        assertThat(run.code()).isEqualTo(3);
    }

    @Test
    void aGapLeavesEventsWithoutTemperature() {
        events();
        Path hk = housekeeping(START - 4, START, START + 4, START + 8, START + 20, START + 24, START + 40);
        assertThat(task("hkfile=" + hk, "badpixopt=1").code()).isZero();
        List<Integer> pi = CaldbTasksTest.column(dir.resolve("out.evt"), "PI");
        assertThat(pi).as("still an energy").hasSize(SmallEvents.ROWS).allMatch(p -> p > 900 && p < 1100);
    }
}
