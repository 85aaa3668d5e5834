// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.observation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.xtendsxi.caldb.attitude.Quaternion;
import org.xtendsxi.caldb.attitude.RollConvention;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.readout.VideoBoard;
import org.xtendsxi.testdata.scene.LowOrbit;
import org.xtendsxi.testdata.scene.Pointing;

/** Housekeeping, attitude, orbit and good-time files of an observation (events-coords-screening section 4). */
final class AuxiliaryFiles {
    private static final double CADENCE = 4;
    private static final double MARGIN = 8;
    private static final int CHUNK = 4096;
    private static final int AXES = 3;
    private static final EventSchema HOUSEKEEPING = new EventSchema(List.of(
            Column.of("TIME", ColumnType.DOUBLE, 1).unit("s"), board("MIO1_VT_A"), board("MIO1_VT_B"),
            board("MIO2_VT_B"), ccd(1), ccd(2), ccd(3), ccd(4)));
    private static final int BOARDS = 3;
    private static final EventSchema ATTITUDE = new EventSchema(List.of(
            Column.of("TIME", ColumnType.DOUBLE, 1).unit("s"),
            Column.of("QPARAM", ColumnType.DOUBLE, 4).text("quaternion, scalar last")));
    private static final EventSchema ORBIT = new EventSchema(List.of(
            Column.of("TIME", ColumnType.DOUBLE, 1).unit("s"),
            Column.of("POSITION", ColumnType.DOUBLE, AXES).unit("km").text("equatorial J2000"),
            Column.of("VELOCITY", ColumnType.DOUBLE, AXES).unit("km/s").text("equatorial J2000")));

    private final SimulationConfig config;
    private final Keywords keywords;

    /**
     * Prepares.
     *
     * @param config the simulation
     * @param keywords observation keywords, DATAMODE left out
     */
    AuxiliaryFiles(SimulationConfig config, Keywords keywords) {
        this.config = config;
        this.keywords = keywords;
    }

    private static Column board(String board) {
        return Column.of("SXI_USR_HKTBL_" + board + "_CAL", ColumnType.DOUBLE, 1).unit("deg C")
                .text("temperature of the video board");
    }

    /** The flight names of the CCD temperatures are not public; these are ours. */
    private static Column ccd(int number) {
        return Column.of("SXI_USR_HKTBL_CCD" + number + "_TEMP_CAL", ColumnType.DOUBLE, 1).unit("deg C")
                .text("temperature of CCD" + number);
    }

    /** Temperatures of video boards and CCDs, every 4 s. */
    void housekeeping(Path path) {
        VideoBoard boards = new VideoBoard(config.detector().defects().video(), config.startTime());
        table(path, "HK_SXI_USR_USER_HK1", HOUSEKEEPING, (chunk, time) -> {
            for (int c = 1; c < HOUSEKEEPING.columns().size(); c++) {
                int board = c - 1;
                chunk.put(HOUSEKEEPING.columns().get(c).name(),
                        each(time, board < BOARDS ? t -> boards.temperature(board, t) : this::ccdTemperature));
            }
        });
    }

    private double ccdTemperature(double time) {
        return config.detector().defects().fault()
                .temperature(config.has(Effect.TEMPERATURE_DRIFT) ? time - config.startTime() : 0);
    }

    /** Attitude, every 4 s. */
    void attitude(Path path) {
        Pointing pointing = new Pointing(config);
        keywords.set("ABERRAT", true, "nothing to correct").set("ABERORB", true, "nothing to correct");
        table(path, "ATTITUDE", ATTITUDE, (chunk, time) -> {
            double[] q = new double[4 * time.length];
            for (int i = 0; i < time.length; i++) {
                Quaternion a = RollConvention.DEFAULT.attitude(pointing.rightAscension(time[i]),
                        pointing.declination(time[i]), config.roll());
                double[] p = {a.p0(), a.p1(), a.p2(), a.p3()};
                System.arraycopy(p, 0, q, 4 * i, p.length);
            }
            chunk.put("QPARAM", q);
        });
    }

    /** Orbit, every 4 s. */
    void orbit(Path path) {
        LowOrbit orbit = new LowOrbit(config);
        table(path, "ORBIT", ORBIT, (chunk, time) -> {
            double[] position = new double[AXES * time.length];
            double[] velocity = new double[AXES * time.length];
            for (int i = 0; i < time.length; i++) {
                double[] state = orbit.state(time[i]);
                System.arraycopy(state, 0, position, AXES * i, AXES);
                System.arraycopy(state, AXES, velocity, AXES * i, AXES);
            }
            chunk.put("POSITION", position);
            chunk.put("VELOCITY", velocity);
        });
    }

    /** Good time of the pointing and of the attitude: the science cycles. */
    void goodTime(Path path) {
        GtiList all = GtiList.of(List.of(new Gti(config.startTime(), config.stopTime())));
        try (FitsWriter w = FitsWriter.create(path)) {
            w.primary(keywords);
            GtiTable.write(w, "GTIPOINT", all, keywords);
            GtiTable.write(w, "GTIATT", all, keywords);
            w.commit();
        }
    }

    private static double[] each(double[] time, DoubleUnaryOperator f) {
        return Arrays.stream(time).map(f).toArray();
    }

    /** Puts the columns but TIME into a chunk. */
    @FunctionalInterface
    private interface Filler {
        void fill(EventChunk chunk, double[] time);
    }

    private void table(Path path, String extname, EventSchema schema, Filler filler) {
        double first = config.time(0) - MARGIN;
        int rows = (int) Math.round((config.stopTime() + MARGIN - first) / CADENCE) + 1;
        Keywords k = keywords.copy().set("TSTART", first, "[s] start").set("TSTOP", first + CADENCE * (rows - 1),
                "[s] stop");
        try (FitsWriter w = FitsWriter.create(path)) {
            w.primary(k);
            TableWriter table = w.table(extname, schema, k);
            for (int done = 0; done < rows; done += CHUNK) {
                double[] time = new double[Math.min(CHUNK, rows - done)];
                int from = done;
                Arrays.setAll(time, i -> first + CADENCE * (from + i));
                try (EventChunk c = EventChunk.allocate(schema, done, time.length)) {
                    c.put("TIME", time);
                    filler.fill(c, time);
                    table.accept(c);
                }
            }
            table.finish();
            w.commit();
        }
    }
}
