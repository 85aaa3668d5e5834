// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.Task;
import org.xtendsxi.pipeline.task.TaskFile;

/** Follows a calibration line in time: groups of events in, table of shifts, widths and correction factors out. */
abstract sealed class GainFitTask implements Task permits AhGainFit, XtdGainFit {
    @Override
    public String summary() {
        return "Fit a calibration line to groups of events: gain drift.";
    }

    @Override
    public List<String> accepted() {
        return List.of("ignorebadproc");
    }

    @Override
    public void run(TaskCall call, Console console) {
        Path out = call.output("outfile");
        Parameters p = call.values();
        GainFitSettings s = GainFitSettings.of(p, call.compat());
        LineSet line = LineSet.read(TaskFile.input(call, "linefitfile"), p.text("linetocorrect"));
        LineMesh mesh = LineMesh.of(line, s);
        GainFitEvents events = new GainFitEvents(GainFitEvents.files(p.text("infile")), p.text("energycol"),
                p.text("splitcol"));
        Keywords header = keywords(events.header(), p, mesh, line);
        if (call.history()) {
            header.addHistory(Software.creator() + " " + call.name() + " compat=" + call.compat().word());
            p.all().forEach((name, value) -> header.addHistory(call.name() + ": " + name + "=" + value));
        }
        DriftTable table = new DriftTable(mesh, s, p.text("splitcol"));
        List<DriftRow> rows = p.yes("gridprofile") ? List.of() : fit(call, s, mesh, events, console);
        try (FitsWriter w = FitsWriter.create(out)) {
            w.primary(events.primary());
            if (!p.yes("gridprofile")) {
                table.drift(w, rows, times(header.copy(), rows));
            }
            table.grid(w, header);
            w.commit();
        }
    }

    private static List<DriftRow> fit(TaskCall call, GainFitSettings s, LineMesh mesh, GainFitEvents events,
            Console console) {
        Parameters p = call.values();
        if (p.integer("minevent") > p.integer("numevent")) {
            console.warn(call.name() + ": minevent " + p.integer("minevent") + " is above numevent, "
                    + p.integer("numevent") + " is taken");
        }
        Grouping.Rules rules = new Grouping.Rules(p.integer("numevent"),
                Math.min(p.integer("minevent"), p.integer("numevent")), p.real("gapdt"), p.real("grpoverlap"),
                p.yes("spangti"), s.strict());
        Optional<GtiList> gti = call.file("gtifile").map(f -> GtiTable.read(TaskFile.path(f)));
        List<DriftRow> rows = new ArrayList<>();
        Grouping grouping = new Grouping(rules, gti, g -> rows.add(DriftRow.of(mesh, s, g)));
        GainFitEvents.Counts n = events.each(mesh.low(), mesh.high(),
                whole -> DriftRow.inChannel(s, whole), grouping::accept);
        grouping.finish(n.lastSplit());
        String account = n.all() + " events: " + n.bad() + " null or with PROC_STATUS set, " + n.outside()
                + " outside " + mesh.low() + ".." + mesh.high() + " channels, " + n.badTime() + " outside the GTI, "
                + n.used() + " used";
        // The reference writes an empty table, or one of nulls.
        if (rows.isEmpty() && s.strict()) {
            throw SxiException.data("no group has enough events for a fit").value(account)
                    .limit("minevent " + rules.least() + " for one value of " + p.text("splitcol"))
                    .todo("check line, energycol, evchannel and gtifile, or lower minevent").build();
        }
        long failed = rows.stream().filter(r -> !r.fittedWell()).count();
        console.say(call.name() + ": " + account + "; " + rows.size() + " groups, " + failed + " not fitted");
        if (failed == rows.size() && s.strict()) {
            throw SxiException.data("no fit converged").value(rows.size() + " groups")
                    .limit("maxdshift " + s.maxShift() + " bins, maxdwidth " + s.maxWidth() + " bins, maxitcycle "
                            + s.maxCycles()).todo("widen the search or check the line and evchannel").build();
        }
        for (int i = 0; i < rows.size(); i++) {
            DriftRow r = rows.get(i);
            if (!r.fittedWell()) {
                console.warn(call.name() + ": fit failed, nulls in row " + (i + 1) + ": " + p.text("splitcol") + " "
                        + r.group().split() + ", TIME " + r.group().middle() + ", " + r.group().energy().length
                        + " events");
            }
        }
        return rows;
    }

    private static Keywords keywords(Keywords events, Parameters p, LineMesh mesh, LineSet line) {
        Keywords k = new Keywords().take(events, "TELESCOP", "INSTRUME", "DETNAM", "DATAMODE", "OBS_ID", "OBJECT",
                "TIMESYS", "MJDREFI", "MJDREFF", "TIMEUNIT", "TIMEREF", "TSTART", "TSTOP", "DATE-OBS", "DATE-END");
        return k.set("ENERGREF", line.name(), "line fitted").set("CH_START", mesh.low(), "[chan] low end of the mesh")
                .set("CH_STOP", mesh.high(), "[chan] high end of the mesh").set("CH_WIDTH", mesh.step(), "[chan] bin")
                .set("PICOLUMN", p.text("energycol"), "column of the energy");
    }

    /** Times of the events that were fitted. */
    private static Keywords times(Keywords k, List<DriftRow> rows) {
        if (rows.isEmpty()) {
            return k;
        }
        double start = rows.stream().mapToDouble(r -> r.group().first()).min().orElseThrow();
        double stop = rows.stream().mapToDouble(r -> r.group().last()).max().orElseThrow();
        k.set("TSTART", start, "[s] first event fitted").set("TSTOP", stop, "[s] last event fitted");
        if (k.has("MJDREFI") && k.has("MJDREFF")) {
            MissionTime t = new MissionTime(k.needInteger("MJDREFI"), k.needReal("MJDREFF"));
            k.set("DATE-OBS", t.calendar(start), "start").set("DATE-END", t.calendar(stop), "end");
        }
        return k;
    }
}
