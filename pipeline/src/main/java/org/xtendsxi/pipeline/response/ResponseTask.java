// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.table.ResponseTable;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.CaldbFiles;
import org.xtendsxi.pipeline.task.Task;
import org.xtendsxi.pipeline.task.TaskFile;

/** The task xtdrmf: redistribution matrix of a spectrum with a weighting map (energy-chain section 12). */
public final class ResponseTask implements Task {
    private static final double KEV = 0.001;
    private static final double MAX_EV = 1e6;
    private static final int MODE = 7;

    @Override
    public List<String> names() {
        return List.of("xtdrmf", "sxirmf");
    }

    @Override
    public String summary() {
        return "Make the redistribution matrix (RMF) of a spectrum.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.text("infile", "", "input spectrum with a WMAP in DET coordinates"),
                Parameter.text("outfile", "", "output response file"),
                Parameter.text("rmfparam", "CALDB", "file of response parameters, or CALDB"),
                Parameter.real("eminin", "eV", 0, MAX_EV, 200, "lowest energy of the photons"),
                Parameter.text("dein", "2,24", "steps of the energy grids, eV"),
                Parameter.text("nchanin", "5900,500", "number of bins of each energy grid"),
                Parameter.real("eminout", "eV", 0, MAX_EV, 0, "lower edge of channel 0"),
                Parameter.real("deout", "eV", KEV, MAX_EV, 6, "width of a channel"),
                Parameter.integer("nchanout", "", 1, 1 << 20, 4096, "number of channels"),
                Parameter.real("rmfthresh", "", 0, 1, 1e-6, "lowest probability kept"));
    }

    @Override
    public List<String> accepted() {
        return List.of();
    }

    @Override
    public void run(TaskCall call, Console console) {
        Parameters p = call.values();
        Path out = call.output("outfile");
        EnergyGrid grid = EnergyGrid.parse(p.real("eminin"), p.text("dein"), p.text("nchanin"));
        Channels channels = new Channels(p.real("eminout") * KEV, p.real("deout") * KEV, p.integer("nchanout"));
        boolean faults = call.compat() == Compat.HEASOFT_6_20;
        Wmap map = map(call);
        ResponseTable table = table(call, map.keywords(), console);
        double[] weights = RegionWeights.of(map, table, faults);
        for (int i = 0; i < weights.length; i++) {
            console.explain(call.name() + ": region " + (i + 1) + " has weight " + weights[i]);
        }
        try (FitsWriter w = FitsWriter.create(out)) {
            new ResponseFile(channels, p.real("rmfthresh"), map.keywords())
                    .write(w, grid, new Response(table, weights, channels, faults), history(call));
            w.commit();
        }
        console.say(call.name() + ": wrote " + out);
    }

    private static Wmap map(TaskCall call) {
        try (FitsReader in = FitsReader.open(TaskFile.input(call, "infile"))) {
            return Wmap.read(in);
        }
    }

    private static ResponseTable table(TaskCall call, Keywords header, Console console) {
        CaldbFiles files = new CaldbFiles(call, header, console);
        String mode = header.needText("DATAMODE").strip();
        double middle = 0.5 * (header.needReal("TSTART") + header.needReal("TSTOP"));
        TableChoice choice = new TableChoice(mode.substring(0, Math.min(mode.length(), MODE)),
                header.needInteger("CISTATUS"), middle,
                call.compat() == Compat.HEASOFT_6_20 && !files.asksIndex("rmfparam"));
        ResponseTable t = files.table("rmfparam", CaldbKind.RMF_PARAMETERS).map(s -> ResponseTable.load(s, choice))
                .orElseThrow(() -> SxiException.usage("response parameters are needed").column("rmfparam")
                        .value(call.values().text("rmfparam")).todo("give rmfparam=FILE or CALDB").build());
        if (t.time() > middle) {
            console.warn(call.name() + ": the response parameters begin at " + t.time() + " s, after the middle of the"
                    + " observation at " + middle + " s; their first block is used");
        }
        return t;
    }

    private static String history(TaskCall call) {
        return !call.history() ? "" : call.name() + " compat=" + call.compat().word() + " "
                + call.values().all().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(" "));
    }
}
