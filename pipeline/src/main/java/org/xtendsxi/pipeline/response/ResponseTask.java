// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.table.ResponseTable;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.pipeline.stage.Fault;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.task.CaldbFiles;
import org.xtendsxi.pipeline.task.Task;
import org.xtendsxi.pipeline.task.TaskFile;

/** The task xtdrmf: redistribution matrix of a spectrum with a weighting map (energy-chain section 12). */
public final class ResponseTask implements Task {
    private static final double MAX_EV = 1e6;
    /** Parameters of the grids of energies and channels. */
    static final List<Parameter> GRID = List.of(
            Parameter.real("eminin", "eV", 0, MAX_EV, 200, "lowest energy of the photons"),
            Parameter.text("dein", "2,24", "steps of the energy grids, eV"),
            Parameter.text("nchanin", "5900,500", "number of bins of each energy grid"),
            Parameter.real("eminout", "eV", 0, MAX_EV, 0, "lower edge of channel 0"),
            Parameter.real("deout", "eV", 0.001, MAX_EV, 6, "width of a channel"),
            Parameter.integer("nchanout", "", 1, 1 << 20, 4096, "number of channels"),
            Parameter.real("rmfthresh", "", 0, 1, 1e-6, "lowest probability kept"));

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
        return Stream.concat(Stream.of(Parameter.text("infile", "", "input spectrum with a WMAP in DET coordinates"),
                Parameter.text("outfile", "", "output response file"),
                Parameter.text("rmfparam", "CALDB", "file of response parameters, or CALDB")), GRID.stream()).toList();
    }

    @Override
    public List<String> accepted() {
        return List.of();
    }

    @Override
    public void run(TaskCall call, Console console) {
        Path out = call.output("outfile");
        new ResponseMaker(call.values(), call.compat()).make(TaskFile.input(call, "infile"), out,
                header -> table(call, header, console), history(call), w -> console.explain(call.name() + ": " + w));
        console.say(call.name() + ": wrote " + out);
    }

    private static ResponseTable table(TaskCall call, Keywords header, Console console) {
        CaldbFiles files = new CaldbFiles(call, header, console);
        TableChoice choice = ResponseMaker.choice(header,
                call.compat().keeps(Fault.EXTENSION) && !files.asksIndex("rmfparam"));
        ResponseTable t = files.table("rmfparam", CaldbKind.RMF_PARAMETERS).map(s -> ResponseTable.load(s, choice))
                .orElseThrow(() -> SxiException.usage("response parameters are needed").column("rmfparam")
                        .value(call.values().text("rmfparam")).todo("give rmfparam=FILE or CALDB").build());
        if (t.time() > choice.start()) {
            console.warn(call.name() + ": the response parameters begin at " + t.time() + " s, after the middle of the"
                    + " observation at " + choice.start() + " s; their first block is used");
        }
        return t;
    }

    private static String history(TaskCall call) {
        return !call.history() ? "" : call.name() + " compat=" + call.compat().word() + " "
                + call.values().all().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(" "));
    }
}
