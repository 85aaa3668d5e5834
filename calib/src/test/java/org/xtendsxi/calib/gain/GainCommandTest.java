// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.LineEvents;
import org.xtendsxi.pipeline.cli.Main;

/** A known gain comes back from the events that it made. */
@Tag("validation")
class GainCommandTest {
    private static final double SCALE = 6.15;
    /** Gain of each segment, energy per channel. */
    private static final IntToDoubleFunction GAIN = s -> SCALE * (1 + 0.001 * (s - 8));

    @TempDir
    static Path dir;
    private static Path events;

    @BeforeAll
    static void generate() {
        events = LineEvents.of(30_000, 11, GAIN).write(dir.resolve("fe55.evt"));
    }

    private static double[] column(Path file, String extension, String column) {
        try (FitsReader f = FitsReader.open(file); EventChunk t = f.whole(f.need(extension))) {
            return t.doubles(column);
        }
    }

    @Test
    void everySegmentGetsItsGain() {
        Path out = dir.resolve("gain");
        assertThat(Main.run("-q", "calib", "gain", events.toString(), "--out", out.toString(), "--valid-from",
                "2026-08-01"))
                .isZero();
        Path file = out.resolve("xa_xtd_gain_20260801v002.fits");
        double[] linear = column(file, "GAIN_1", "LINR_MED");
        double[] error = column(file, "FIT_RESULTS", "ERROR");
        // all segments share the grade offset of the model: only their ratios are known to the generator
        int[] used = {0, 3, 4, 7};
        double mean = Arrays.stream(used).mapToDouble(s -> linear[s] / GAIN.applyAsDouble(s)).average().orElseThrow();
        for (int s : used) {
            assertThat(linear[s] / GAIN.applyAsDouble(s) / mean).as(SegmentRow.words(s)).isCloseTo(1, within(6e-4));
        }
        assertThat(Arrays.stream(error).min().orElseThrow()).isPositive();
        assertThat(out.resolve("xa_xtd_gain_20260801v002_report.html")).exists();
    }

    @Test
    void driftIsFollowedByTimeBlocks() throws IOException {
        LineEvents drifting = new LineEvents(40_000, 5, s -> SCALE, 0.01, 0.12);
        Path list = drifting.write(dir.resolve("drift.evt"));
        Path out = dir.resolve("drift");
        assertThat(Main.run("-q", "calib", "gain", list.toString(), "--out", out.toString(), "--drift",
                Double.toString(drifting.days() / 4), "--epochs", "--valid-from", "2026-08-01")).isZero();
        Path file = out.resolve("xa_xtd_gain_20260801v002.fits");
        double[] time = column(file, "GAIN_1", "TIME");
        double[] linear = column(file, "GAIN_1", "LINR_MED");
        int blocks = (int) Arrays.stream(time).distinct().count();
        assertThat(blocks).isBetween(4, 5);
        assertThat(time).isSorted();
        // pulse heights rise, so the gain falls by three quarters of a per cent from the first to the fourth quarter
        for (int s : new int[] {0, 3, 4}) {
            assertThat(linear[48 + s] / linear[s]).isCloseTo(1 - 0.0075, within(1.2e-3));
        }
        assertThat(linear[1]).as("a node without events keeps its gain").isEqualTo(linear[49]);
        assertThat(Files.list(out.resolve("xa_xtd_gain_20260801v002_plots")).count()).isGreaterThan(4);
    }

    /** The list with another value of a keyword, in a file of its name. */
    private static Path other(String key, UnaryOperator<Keywords> change) {
        Path file = dir.resolve(key + ".evt");
        try (FitsReader in = FitsReader.open(events); EventChunk t = in.whole(in.need("EVENTS"));
                FitsWriter out = FitsWriter.create(file)) {
            out.primary(in.primary().keywords().observation());
            out.table("EVENTS", t, change.apply(in.need("EVENTS").keywords().observation()));
            out.commit();
        }
        return file;
    }

    @Test
    void observationsThatWereNotTakenAlikeAreRefused() {
        for (Path p : List.of(other("DATAMODE", k -> k.set("DATAMODE", "WINDOW2", "")),
                other("CIPERIOD", k -> k.set("CIPERIOD", 40, "")))) {
            String key = p.getFileName().toString().replace(".evt", "");
            assertThatThrownBy(() -> CalibrationData.open(List.of(events, p), Optional.empty(), List.of()))
                    .isInstanceOf(SxiException.class).hasMessageContaining("not taken alike").hasMessageContaining(key);
        }
    }

    @Test
    void badInputIsRefused() {
        String list = events.toString();
        String out = dir.resolve("bad").toString();
        assertThat(Main.run("-q", "calib", "gain", list, "--out", out, "--min-counts", "100000")).as("too few")
                .isEqualTo(3);
        assertThat(Main.run("-q", "calib", "gain", list, "--out", out, "--lines", "FKa")).as("no line").isEqualTo(3);
        assertThat(Main.run("-q", "calib", "gain", list, "--out", out, "--source", "lamp")).as("no lamp").isEqualTo(3);
        assertThat(Main.run("-q", "calib", "gain", list, "--out", out, "--degree", "1")).as("degree").isEqualTo(2);
        assertThat(Main.run("-q", "calib", "gain", list, "--out", out, "--grades", "0,x")).as("grades").isEqualTo(2);
        assertThat(Main.run("-q", "calib", "gain", list, "--out", out, "--file-version", "1")).as("version")
                .isEqualTo(5);
        Path alpha = new LineEvents(20_000, 3, s -> SCALE, 0, 0).write(dir.resolve("alpha.evt"));
        assertThat(Main.run("-q", "calib", "gain", alpha.toString(), "--out", out)).as("no K beta").isEqualTo(3);
        assertThat(Main.run("-q", "calib", "gain", alpha.toString(), "--out", out, "--any-source")).isZero();
    }
}
