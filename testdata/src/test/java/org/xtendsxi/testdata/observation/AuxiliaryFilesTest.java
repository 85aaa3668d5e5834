// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.attitude.AttitudeTable;
import org.xtendsxi.caldb.attitude.Quaternion;
import org.xtendsxi.caldb.attitude.RollConvention;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.table.ChargeTrailTable;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.EvenOddTable;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.readout.AsicGain;
import org.xtendsxi.testdata.readout.ColumnTraps;
import org.xtendsxi.testdata.readout.VideoBoard;
import org.xtendsxi.testdata.scene.Mosaic;
import org.xtendsxi.testdata.scene.Pointing;

/** Files beside the frames of an observation with every effect. */
@Tag("validation")
class AuxiliaryFilesTest {
    @TempDir
    static Path dir;
    private static SimulationConfig config;
    private static Path observation;

    @BeforeAll
    static void simulate() {
        SimulationConfig c = SimulationConfig.of(SceneKind.POINT, 4, 6).withCcds(List.of(1)).withDarkCycles(1)
                .withEffects(Effect.full());
        config = new SimulationConfig(c.obsid(), c.seed(), c.startTime(), c.cycles(), c.darkCycles(), c.mode(),
                c.windowStart(), c.windowSize(), c.ccds(), c.effects(), c.scene(), c.detector(), c.rightAscension(),
                c.declination(), 33);
        observation = new ObservationWriter(config, dir).write(2, Console.silent());
    }

    private static TableSource caldb(CaldbKind kind) {
        return TableSource.of(observation.resolve("truth/caldb/xa_xtd_" + kind.fileWord() + "_20190101v001.fits"));
    }

    private static TableChoice choice(String mode) {
        return new TableChoice(mode, 1, config.startTime(), false);
    }

    @Test
    void temperaturesAreThoseOfTheBoards() {
        VideoTemperature t = VideoTemperature.load(observation.resolve("xtend/hk/xa900000001xtd_a0.hk"),
                VideoTemperature.Location.ARCHIVE, config.time(0), config.stopTime(), false);
        VideoBoard boards = new VideoBoard(config.detector().defects().video(), config.startTime());
        assertThat(t.time(0, 0)).isLessThan(config.time(0));
        assertThat(t.time(0, t.size(0) - 1)).isGreaterThan(config.stopTime());
        for (int ccd = 0; ccd < 4; ccd++) {
            for (int i = 0; i < t.size(ccd); i++) {
                assertThat(t.value(ccd, i)).isEqualTo(boards.temperature(Math.min(ccd, 2), t.time(ccd, i)));
            }
        }
    }

    @Test
    void tablesHaveTheValuesThatWereUsed() {
        EvenOddTable e = EvenOddTable.load(caldb(CaldbKind.VT_EVEN_ODD), choice("WINDOW1"));
        assertThat(e.temperatures()).isEqualTo(new EvenOddTable.Temperatures(-40, 60, 25, 1000));
        AsicGain a = AsicGain.draw(config, 1, 1, 1);
        int row = e.row(SegmentRow.of(1, 1, 1), 0, 1);
        assertThat(List.of(e.value(row, 0), e.value(row, 1), e.value(row, 2), e.value(row, 3), e.value(row, 4),
                e.value(row, 5))).containsExactly(a.norm(), 1.0, -40.0, 0.0, a.linear(), a.quadratic());
        for (String mode : List.of("WINDOW1", "WINDOW2")) {
            ChargeTrailTable trail = ChargeTrailTable.load(caldb(CaldbKind.CHARGE_TRAIL), choice(mode));
            assertThat(trail.value(trail.row(SegmentRow.of(1, 0, 0)), ChargeTrailTable.Term.NORM_V)).isEqualTo(5e-6);
            CtiTable cti = CtiTable.load(caldb(CaldbKind.CTI), choice(mode));
            ColumnTraps traps = ColumnTraps.draw(config, 1, 1);
            int r = cti.row(SegmentRow.of(1, 1, 1));
            for (int x = 0; x < 320; x++) {
                assertThat(cti.value(r, x, CtiTable.Transfer.F, CtiTable.ColumnTerm.NORM)).isEqualTo(traps.fast()[x]);
                assertThat(cti.value(r, x, CtiTable.Transfer.S, CtiTable.ColumnTerm.SCALE)).isEqualTo(50);
            }
            assertThat(traps.stretches()).hasSize(2);
            for (Map.Entry<Integer, int[]> s : traps.stretches().entrySet()) {
                assertThat(cti.anomalies().min(1, s.getKey())).isEqualTo(s.getValue()[0]);
                assertThat(cti.anomalies().max(1, s.getKey())).isEqualTo(s.getValue()[1]);
            }
        }
        assertThat(observation.resolve("truth/caldb/caldb.indx")).exists();
    }

    /** A node other than the default mirrors the columns, not the traps of a place on the CCD. */
    @Test
    void trapsBelongToTheCcd() {
        SimulationConfig other = config.withDetector(
                config.detector().with(5.4, 0.11, new int[] {1, 0, 1, 0, 1, 0, 1, 0}));
        ColumnTraps a = ColumnTraps.draw(config, 1, 0);
        ColumnTraps b = ColumnTraps.draw(other, 1, 0);
        for (int x = 0; x < 320; x++) {
            int there = ReadNode.rawX(0, 1, ReadNode.actX(0, 0, x));
            assertThat(b.fast()[there]).isEqualTo(a.fast()[x]);
        }
    }

    @Test
    void goodTimeIsThatOfTheScienceCycles() {
        try (FitsReader f = FitsReader.open(observation.resolve("auxil/xa900000001_gen.gti"))) {
            for (String name : List.of("GTIPOINT", "GTIATT")) {
                assertThat(GtiTable.read(f, f.need(name)).total()).isEqualTo(24);
            }
        }
    }

    /** The target stays where it is on the sky: events-coords-screening section 7.5 with the attitude of the file. */
    @Test
    void attitudeUndoesTheDriftOnTheDetector() {
        AttitudeTable attitude = AttitudeTable.load(observation.resolve("auxil/xa900000001.att"),
                AttitudeTable.Layout.DEFAULT, AttitudeTable.Settings.DEFAULT);
        Quaternion nominal = RollConvention.DEFAULT.attitude(config.rightAscension(), config.declination(), 0);
        Pointing pointing = new Pointing(config);
        double ppr = 116666.667;
        double time = config.time(1) + 22;
        double[] shift = pointing.shift(time);
        assertThat(Math.hypot(shift[0], shift[1])).isBetween(0.05, 4.0);
        // FOC from the aim point: x as DETX, y against DETY (section 7.4).
        double x = shift[0];
        double y = -shift[1];
        Quaternion p = nominal.inverse().then(attitude.at(time));
        double[][] n = {
            {sq(p.p0()) - sq(p.p1()) - sq(p.p2()) + sq(p.p3()), 2 * (p.p0() * p.p1() - p.p2() * p.p3()),
                2 * (p.p0() * p.p2() + p.p1() * p.p3())},
            {2 * (p.p0() * p.p1() + p.p2() * p.p3()), -sq(p.p0()) + sq(p.p1()) - sq(p.p2()) + sq(p.p3()),
                2 * (p.p1() * p.p2() - p.p0() * p.p3())}};
        double n12 = n[1][2];
        double n22 = -sq(p.p0()) - sq(p.p1()) + sq(p.p2()) + sq(p.p3());
        double skyX = n[0][0] / n22 * x - n[0][1] / n22 * y - n[0][2] / n22 * ppr;
        double skyY = -n[1][0] / n22 * x + n[1][1] / n22 * y + n12 / n22 * ppr;
        assertThat(skyX).isCloseTo(0, within(0.02));
        assertThat(skyY).isCloseTo(0, within(0.02));
        assertThat(Mosaic.locate(Mosaic.AIM_X + shift[0], Mosaic.AIM_Y + shift[1])).isPresent();
    }

    private static double sq(double v) {
        return v * v;
    }

    @Test
    void headersSayThatChargeIsInjected() {
        try (FitsReader f = FitsReader.open(
                observation.resolve("xtend/frames/xa900000001xtd_p030000010_fr.fits"))) {
            assertThat(f.need("FRAMES").keywords().needInteger("CISTATUS")).isOne();
            assertThat(f.need("FRAMES").keywords().needInteger("CIPERIOD")).isEqualTo(80);
            assertThat(f.need("FRAMES").keywords().needInteger("CIFIRST")
                    + f.need("FRAMES").keywords().needInteger("CIOFFSET")).isOne();
        }
    }

    @Test
    void truthHasATablePerEffect() {
        try (FitsReader f = FitsReader.open(observation.resolve("truth/effects.fits"));
                EventChunk leak = f.whole(f.need("LEAK"))) {
            assertThat(f.hdus()).extracting(h -> h.name()).contains("FLICKER", "ECHO", "LEAK", "LOST", "TRACKS");
            assertThat(f.need("FLICKER").rows()).isEqualTo(4);
            assertThat(f.need("ECHO").rows()).isEqualTo(4);
            assertThat(leak.ints("FRAMENUM")).startsWith(2).endsWith(6).hasSize(2 * 100);
            assertThat(f.need("TRACKS").rows()).isPositive();
        }
        assertThat(Files.exists(observation.resolve("truth/simulation.json"))).isTrue();
    }

    /**
     * The orbit is a circle of one height and speed, its velocity is the change of its position, and it nears the
     * target.
     */
    @Test
    void orbitIsCircularAndConsistent() {
        try (FitsReader f = FitsReader.open(observation.resolve("auxil/xa900000001.orb"));
                EventChunk t = f.whole(f.need("ORBIT"))) {
            double[] time = t.doubles("TIME");
            double[] p = t.doubles("POSITION");
            double[] v = t.doubles("VELOCITY");
            for (int i = 1; i + 1 < time.length; i++) {
                double across = 0;
                double radius = 0;
                double speed = 0;
                for (int k = 0; k < 3; k++) {
                    int at = 3 * i + k;
                    double slope = (p[at + 3] - p[at - 3]) / (time[i + 1] - time[i - 1]);
                    assertThat(slope).isCloseTo(v[at], within(1e-4));
                    across += p[at] * v[at];
                    radius += p[at] * p[at];
                    speed += v[at] * v[at];
                }
                assertThat(Math.sqrt(radius)).isCloseTo(6378.137 + 550, within(1e-6));
                assertThat(Math.sqrt(speed)).isCloseTo(Math.sqrt(398600.4418 / Math.sqrt(radius)), within(0.01));
                assertThat(across).isCloseTo(0, within(1e-6));
            }
        }
    }
}
