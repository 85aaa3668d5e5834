// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.observation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.Progress;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.FrameWriter;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.frames.Cycle;
import org.xtendsxi.testdata.frames.FramePlan;
import org.xtendsxi.testdata.frames.FrameSimulator;
import org.xtendsxi.testdata.frames.PhotonRecord;
import org.xtendsxi.testdata.truth.ConfigFile;
import org.xtendsxi.testdata.truth.EffectFile;
import org.xtendsxi.testdata.truth.LevelFile;
import org.xtendsxi.testdata.truth.PhotonTable;
import org.xtendsxi.testdata.truth.TruthCaldb;

/** Writes a simulated observation directory (contract section 2): frames, dark frames, auxiliary files and truth. */
public final class ObservationWriter {
    private final SimulationConfig config;
    private final Path directory;

    /**
     * Prepares.
     *
     * @param config what to simulate
     * @param out folder in which {@code <OBSID>} is made
     */
    public ObservationWriter(SimulationConfig config, Path out) {
        this.config = config;
        this.directory = out.resolve(config.obsid());
    }

    /**
     * Simulates and writes.
     *
     * @param threads threads to use; the result does not depend on them
     * @param console the user
     * @return the observation directory
     */
    public Path write(int threads, Console console) {
        FrameSimulator simulator = new FrameSimulator(config);
        Map<FramePlan, FrameFiles> files = new LinkedHashMap<>();
        try (PhotonTable photons = new PhotonTable(directory.resolve("truth/photons.fits"), keywords("TRUTH"));
                Progress bar = console.progress("simulation", config.allCycles(), "cycles")) {
            for (FramePlan p : simulator.plans()) {
                files.put(p, new FrameFiles(p));
            }
            List<PhotonRecord> seen = new ArrayList<>();
            simulator.run(threads, cycle -> {
                files.get(cycle.plan()).accept(cycle);
                seen.addAll(cycle.photons());
                if (cycle.plan() == simulator.plans().getLast()) {
                    // The files of a cycle have their own live times, and out-of-time photons those of another image.
                    seen.sort(Comparator.comparingDouble(PhotonRecord::eventTime));
                    photons.accept(seen);
                    seen.clear();
                }
                bar.advance(cycle.plan() == simulator.plans().getFirst() ? 1 : 0);
            });
            LevelFile.write(directory.resolve("truth/levels.fits"), simulator.readouts(),
                    config.detector().geometry().active(), config.detector().geometry().rows(), keywords("TRUTH"));
            files.values().forEach(FrameFiles::commit);
            photons.commit();
        } finally {
            files.values().forEach(FrameFiles::close);
        }
        ConfigFile.write(directory.resolve("truth/simulation.json"), config);
        writeEffects(simulator);
        return directory;
    }

    private void writeEffects(FrameSimulator simulator) {
        EffectFile.write(directory.resolve("truth/effects.fits"), config, simulator.readouts(), keywords("TRUTH"));
        TruthCaldb.write(config, directory.resolve("truth/caldb"));
        String stem = "xa" + config.obsid();
        AuxiliaryFiles auxiliary = new AuxiliaryFiles(config, keywords("TRUTH").remove("DATAMODE"));
        auxiliary.housekeeping(directory.resolve("xtend/hk/" + stem + "xtd_a0.hk"));
        if (config.has(Effect.ATTITUDE)) {
            auxiliary.attitude(directory.resolve("auxil/" + stem + ".att"));
            auxiliary.orbit(directory.resolve("auxil/" + stem + ".orb"));
            auxiliary.goodTime(directory.resolve("auxil/" + stem + "_gen.gti"));
        }
    }

    /** Observation keywords common to all files. */
    private Keywords keywords(String dataMode) {
        MissionTime t = MissionTime.XRISM;
        return new Keywords().set("TELESCOP", "XRISM", "mission").set("INSTRUME", "XTEND", "instrument")
                .set("FILTER", "OPEN", "filter").set("OBS_ID", config.obsid(), "observation")
                .set("OBJECT", "SIMULATION " + config.scene().kind().word(), "target")
                .set("OBSERVER", "simulator", "").set("OBS_MODE", "POINTING", "pointing or slew")
                .set("DATAMODE", dataMode, "data mode").set("RA_OBJ", config.rightAscension(), "[deg] target")
                .set("DEC_OBJ", config.declination(), "[deg] target")
                .set("RA_NOM", config.rightAscension(), "[deg] nominal pointing")
                .set("DEC_NOM", config.declination(), "[deg] nominal pointing")
                .set("PA_NOM", config.roll(), "[deg] nominal roll").set("EQUINOX", 2000.0, "")
                .set("RADECSYS", "FK5", "").set("TIMESYS", "TT", "time system").set("MJDREFI", t.mjdRefI(), "epoch")
                .set("MJDREFF", t.mjdRefF(), "epoch").set("TIMEUNIT", "s", "").set("TIMEREF", "LOCAL", "")
                .set("TASSIGN", "SATELLITE", "").set("CLOCKAPP", true, "clock corrected")
                .set("TSTART", config.startTime(), "[s] start").set("TSTOP", config.stopTime(), "[s] stop")
                .set("DATE-OBS", t.calendar(config.startTime()), "start")
                .set("DATE-END", t.calendar(config.stopTime()), "stop")
                .set("CREATOR", Software.creator() + " simulate", "program")
                .set("DATE", RunClock.fitsDate(), "written (UTC)");
    }

    /** Frame file and dark file of a plan. */
    private final class FrameFiles {
        private final FrameWriter raw;
        private final List<FrameWriter> dark = new ArrayList<>();

        FrameFiles(FramePlan plan) {
            raw = writer(plan, "fr");
            if (config.darkCycles() > 0) {
                dark.add(writer(plan, "dk"));
            }
        }

        private FrameWriter writer(FramePlan plan, String suffix) {
            Path path = directory.resolve("xtend/frames/xa" + config.obsid() + "xtd_p0" + plan.dataClass() + "_"
                    + suffix + ".fits");
            boolean injected = config.has(Effect.CHARGE_INJECTION);
            Defects.Injection ci = config.detector().defects().injection();
            // ACTY of an injected row = CIFIRST + CIOFFSET + n*CIPERIOD, and CIOFFSET is one of them as well.
            Keywords k = keywords(plan.header().mode().name()).set("DETNAM", plan.header().detnam(), "CCDs")
                    .set("DATACLAS", plan.dataClass(), "data class")
                    .set("CISTATUS", injected ? 1L : 0L, injected ? "charge injection on" : "charge injection off")
                    .set("CIPERIOD", ci.period(), "rows between injected rows")
                    .set("CIOFFSET", injected ? ci.first() : 0L, "")
                    .set("CIFIRST", injected ? 0L : 1L, "first injected row")
                    .set("CCDSIZE", Sxi.RAW_ROWS, "rows of a frame")
                    .set("WINOPT", plan.header().mode().windowed() ? 1L : 0L, "1 where a window is read")
                    .set("TIMEPIXR", 0.0, "TIME is the start of the live time");
            areaDiscrimination(k);
            return new FrameWriter(path, plan.header(), k);
        }

        /** No area is left out: all switches off, the inclusion box being the whole segment. */
        private static void areaDiscrimination(Keywords k) {
            for (int i = 0; i < Sxi.ALL_SEGMENTS; i++) {
                String segment = "C" + i / Sxi.SEGMENTS + "S" + i % Sxi.SEGMENTS;
                k.set(segment + "ARON", Keywords.tupleText(new int[5]), "area discrimination off")
                        .set(segment + "ARIN", Keywords.tupleText(0, Sxi.RAW_COLUMNS - 1, 0, Sxi.RAW_ROWS - 1), "box")
                        .set(segment + "AROU", Keywords.tupleText(new int[16]), "excluded");
            }
        }

        void accept(Cycle cycle) {
            cycle.frames().forEach(f -> (f.type() == FrameType.DARK ? dark.getFirst() : raw).accept(f));
        }

        void commit() {
            raw.commit();
            dark.forEach(FrameWriter::commit);
        }

        void close() {
            raw.close();
            dark.forEach(FrameWriter::close);
        }
    }
}
