// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.explain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.correction.EvenOddStage;
import org.xtendsxi.pipeline.energy.PulseStart;
import org.xtendsxi.pipeline.grade.Grader;
import org.xtendsxi.pipeline.grade.SplitThreshold;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Fault;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.xtdpi.EnergyChain;
import org.xtendsxi.pipeline.xtdpi.EnergyParameters;
import org.xtendsxi.pipeline.xtdpi.EnergySettings;
import org.xtendsxi.pipeline.xtdpi.EnergyTables;

/** The energy chain of a run once more, for single events and with every intermediate value. */
final class EnergyReplay {
    private static final List<CaldbKind> KINDS = List.of(CaldbKind.VT_EVEN_ODD, CaldbKind.CHARGE_TRAIL,
            CaldbKind.CTI, CaldbKind.SPLIT_TH, CaldbKind.HIT_PATTERN, CaldbKind.GAIN);

    private final Caldb caldb;
    private final Map<CaldbKind, CaldbEntry> entries = new EnumMap<>(CaldbKind.class);
    private final List<String> notes = new ArrayList<>();
    private final EnergySettings settings;
    private final Readout readout;
    private final EnergyTables tables;

    /**
     * Opens the calibration.
     *
     * @param run settings of the run
     * @param header keywords of EVENTS
     * @param directory calibration database, empty for that of the run
     */
    EnergyReplay(RunSettings run, Keywords header, Optional<Path> directory) {
        caldb = Caldb.open(directory.or(run::caldb));
        select(header);
        Parameters p = EnergyParameters.ofStages(run::parameters);
        Optional<Path> hk = p.yes("vtcor") ? run.housekeeping() : Optional.empty();
        if (p.yes("vtcor") && hk.isEmpty()) {
            p = p.with("vtcor", "no");
            notes.add("no housekeeping file found: recomputed without the video temperature");
        }
        if (run.record().isEmpty()) {
            notes.add("no log/run.json beside the file: recomputed with the default parameters");
        }
        for (CaldbKind kind : KINDS) {
            Path file = caldb.file(entries.get(kind));
            run.digest(kind.name()).filter(d -> !d.equals(Digest.of(file))).ifPresent(
                    d -> notes.add(kind + ": the run used another file than " + file + ": give its --caldb"));
        }
        settings = EnergyParameters.settings(p, run.compat());
        readout = EnergyParameters.readout(Readout.of(header), p);
        TableChoice choice = new TableChoice(readout.mode(), readout.injection().status(), readout.start(), false);
        tables = EnergyTables.load(k -> Optional.of(new TableSource(caldb.file(entries.get(k)),
                Integer.toString(entries.get(k).extension()))), choice, temperature(hk, run));
    }

    private void select(Keywords header) {
        String name = header.needText("DATAMODE");
        DataMode mode = DataMode.of(name).orElseThrow(() -> header.at(SxiException.data("data mode is not known"),
                "DATAMODE").value(name).todo("repair the header").build());
        double mjd = time(header).mjd(header.needReal("TSTART"));
        for (CaldbKind kind : KINDS) {
            entries.put(kind, caldb.select(CaldbQuery.of(kind, header.text("TELESCOP").orElse("XRISM"),
                    header.text("INSTRUME").orElse("XTEND"), mjd, mode, (int) header.integer("CISTATUS").orElse(0))));
        }
    }

    /** Epoch of the header. */
    static MissionTime time(Keywords header) {
        return new MissionTime((int) header.integer("MJDREFI").orElse(MissionTime.XRISM.mjdRefI()),
                header.real("MJDREFF").orElse(MissionTime.XRISM.mjdRefF()));
    }

    private Optional<VideoTemperature> temperature(Optional<Path> hk, RunSettings run) {
        Parameters p = run.parameters(EvenOddStage.SPEC.id());
        return hk.map(path -> VideoTemperature.load(path,
                new VideoTemperature.Location(p.text("hkext"), p.text("hkcolstem"), p.text("hkvideoid")),
                readout.start(), readout.stop(), run.compat().keeps(Fault.NULL_TEMPERATURE)));
    }

    /** What the reader should know. */
    List<String> notes() {
        return notes;
    }

    /** Settings of the chain. */
    EnergySettings settings() {
        return settings;
    }

    /** Working pulse heights before any correction, row-major [rows][9], channels. */
    double[] start(EventChunk chunk) {
        return new PulseStart(new PulseStart.Settings(settings.startcol(), settings.negthre(), settings.random(),
                settings.compat()), readout).apply(PulseBatch.of(chunk));
    }

    /** Fills the result and debug columns of a chunk. */
    void run(EventChunk chunk) {
        new EnergyChain(settings, readout, tables).process(chunk);
    }

    /** Fills them as the first of two passes does, which knows no grade. */
    void firstPass(EventChunk chunk) {
        EnergySettings first = new EnergySettings(settings.compat(), 1, settings.startcol(),
                settings.corrections().gradeFree(),
                settings.split(), settings.negthre(), settings.deltatime(), settings.phcut(), settings.random());
        new EnergyChain(first, readout, tables).process(chunk);
    }

    /** Grader of the chain. */
    Grader grader() {
        EnergySettings.Split s = settings.split();
        SplitThreshold threshold = s.spthcaldb()
                ? SplitThreshold.of(tables.split().orElseThrow(), settings.compat())
                : SplitThreshold.of(s.spthoffset(), s.spthslope(), settings.compat());
        return new Grader(new Grader.Settings(s.badpixopt(), s.spthiter(), settings.compat()), threshold,
                tables.pattern().orElseThrow());
    }

    /** Calibration files with the rows for a segment. */
    List<Explanation.Calibration> calibration(int segmentRow) {
        List<Explanation.Calibration> out = new ArrayList<>();
        for (CaldbKind kind : KINDS) {
            CaldbEntry e = entries.get(kind);
            int row = segmentRow < 0 ? -1 : switch (kind) {
                case CHARGE_TRAIL -> tables.trail().orElseThrow().row(segmentRow);
                case CTI -> tables.cti().orElseThrow().row(segmentRow);
                case SPLIT_TH -> tables.split().orElseThrow().row(segmentRow);
                case GAIN -> tables.gain().orElseThrow().row(segmentRow);
                default -> -1;
            };
            out.add(new Explanation.Calibration(kind.name(), caldb.file(e).getFileName().toString(), e.extension(),
                    e.row(), row + 1));
        }
        return out;
    }
}
