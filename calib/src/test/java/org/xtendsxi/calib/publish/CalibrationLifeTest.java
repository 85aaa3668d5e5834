// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.model.ModelCaldb;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.CalibrationLine;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.LineEvents;
import org.xtendsxi.calib.common.NaturalLine;
import org.xtendsxi.calib.common.NaturalPeak;
import org.xtendsxi.pipeline.cli.Main;

/** The way of a gain file: derived, compared, published, used, undone. */
@Tag("validation")
class CalibrationLifeTest {
    private static final double SCALE = 6.15;

    @TempDir
    Path dir;

    /** Mn K alpha of all segments after the energy chain with a database. */
    private static NaturalPeak peak(Path events, Path database) {
        HistogramBank pi = new HistogramBank(1, 0, 1, Sxi.CHANNELS);
        CalibrationData.open(List.of(events), Optional.of(database), List.of()).stream(Console.silent(), c -> {
            for (int v : c.ints("PI")) {
                pi.add(0, v);
            }
        });
        NaturalLine line = NaturalLine.of(CalibrationLine.MN_KA);
        return NaturalPeak.fit(pi, pi.counts(0), line.table(), Sxi.EV_PER_CHANNEL, line.energy() / Sxi.EV_PER_CHANNEL,
                40, 11)
                .orElseThrow();
    }

    @Test
    void aWrongGainIsMended() throws IOException {
        Path database = Files.createDirectory(dir.resolve("db"));
        ModelCaldb.write(database);
        // segments apart by 2 %, against a camera without fault
        Path events = LineEvents.of(30_000, 2, s -> SCALE * (1 + 0.01 * Math.cos(s))).write(dir.resolve("a.evt"));
        Path sound = LineEvents.of(30_000, 3, s -> SCALE).write(dir.resolve("b.evt"));
        double uncorrupted = peak(sound, database).fwhm() * Sxi.EV_PER_CHANNEL;
        assertThat(peak(events, database).fwhm() * Sxi.EV_PER_CHANNEL).as("before").isGreaterThan(uncorrupted + 20);
        Path out = dir.resolve("new");
        assertThat(Main.run("-q", "calib", "gain", events.toString(), "--caldb", database.toString(), "--out",
                out.toString(),
                "--valid-from", "2026-08-01")).isZero();
        Path file = out.resolve("xa_xtd_gain_20260801v002.fits");
        assertThat(Main.run("-q", "calib", "compare", database.resolve("xa_xtd_gain_20190101v001.fits").toString(),
                file.toString(), "--data", events.toString(), "--caldb", database.toString(), "--out", out.toString()))
                .isZero();
        assertThat(Files.readString(out.resolve("xa_xtd_gain_20190101v001_xa_xtd_gain_20260801v002_report.html")))
                .contains("MnKa", SegmentRow.words(3), "PI changed");
        assertThat(Main.run("-q", "calib", "publish", file.toString(), "--caldb", database.toString())).isZero();
        NaturalPeak after = peak(events, database);
        assertThat(after.centre() * Sxi.EV_PER_CHANNEL).isCloseTo(NaturalLine.of(CalibrationLine.MN_KA).energy(),
                within(2.0));
        assertThat(after.fwhm() * Sxi.EV_PER_CHANNEL).isCloseTo(uncorrupted, within(3.0));
        assertThat(Main.run("-q", "calib", "publish", "--undo", "--caldb", database.toString())).isZero();
        assertThat(peak(events, database).fwhm() * Sxi.EV_PER_CHANNEL).as("undone").isGreaterThan(uncorrupted + 20);
    }

    @Test
    void comparisonsThatMakeNoSenseAreRefused() throws IOException {
        Path database = Files.createDirectory(dir.resolve("db"));
        ModelCaldb.write(database);
        String gain = database.resolve("xa_xtd_gain_20190101v001.fits").toString();
        String cti = database.resolve("xa_xtd_cti_20190101v001.fits").toString();
        String teldef = database.resolve("xa_xtd_teldef_20190101v001.fits").toString();
        String events = LineEvents.of(100, 2, s -> SCALE).write(dir.resolve("a.evt")).toString();
        String out = dir.resolve("out").toString();
        assertThat(Main.run("-q", "calib", "compare", gain, cti, "--data", events, "--out", out)).isEqualTo(2);
        assertThat(Main.run("-q", "calib", "compare", gain, database.toString(), "--data", events, "--out", out))
                .isEqualTo(2);
        assertThat(Main.run("-q", "calib", "compare", teldef, teldef, "--data", events, "--out", out)).isEqualTo(4);
        assertThat(dir.resolve("out")).doesNotExist();
    }
}
