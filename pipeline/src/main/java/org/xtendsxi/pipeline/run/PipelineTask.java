// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.pipeline.flow.Flow;
import org.xtendsxi.pipeline.flow.Observation;
import org.xtendsxi.pipeline.flow.RunOptions;
import org.xtendsxi.pipeline.flow.Runner;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;
import org.xtendsxi.pipeline.task.Task;

/**
 * The task {@code xtdpipeline}, also {@code sxipipeline}: {@code sxi run} with the parameter names of the task
 * (events-coords-screening section 14). Its three stages are calibration, screening and products.
 */
public final class PipelineTask implements Task {
    private static final String DEFAULT = "DEFAULT";
    private static final List<String> STAGES = List.of("flicker", "screen", "products");
    /** Parameters of the flow that have no like in the task, or another name there. */
    private static final Set<String> OWN = Set.of("enabled", "passes", "resetflags", "seed", "randomize");
    /** Switches of corrections by the stage that they turn off. */
    private static final Map<String, String> SWITCHES =
            new TreeMap<>(Map.of("chtrailcor", "trail", "cticor", "cti", "gaincor", "pi"));
    private static final List<String> LABELS = List.of("sxi_mkflabel", "sxi_ehklabel", "sxi_evtlabel", "xtd_mkflabel",
            "xtd_ehklabel", "xtd_evtlabel");
    /** Files of the observation, by what follows {@code xa<OBSID>} in their name. */
    private static final Map<String, String> OBSERVED = new TreeMap<>(Map.of("attitude", ".att", "orbit", ".orb",
            "extended_housekeeping", ".ehk", "makefilter", ".mkf", "obsgti", "_gen.gti", "housekeeping", "xtd_a0.hk"));
    /** Calibration files are chosen for the whole run. */
    private static final List<String> FILES = List.of("teldeffile", "badpixfile", "maskfile", "vtevnoddfile",
            "chtrailfile", "ctifile", "spthfile", "gainfile", "patternfile", "selectfile");

    @Override
    public List<String> names() {
        return List.of("xtdpipeline", "sxipipeline");
    }

    @Override
    public String summary() {
        return "Calibrate, screen and extract products of an observation.";
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(List.of(
                Parameter.text("indir", "", "observation directory, or its xtend/event_uf"),
                Parameter.text("outdir", "", "output directory"),
                Parameter.text("steminputs", DEFAULT, "start of the input names, such as xa000126000"),
                Parameter.text("stemoutputs", DEFAULT, "start of the output names; that of the input"),
                Parameter.integer("entry_stage", "", 1, STAGES.size(), 1,
                "first stage: calibration, screening, products"),
                Parameter.integer("exit_stage", "", 1, STAGES.size(), 2, "last stage"),
                Parameter.integer("seed", "", 0, Integer.MAX_VALUE, 7, "seed of all randomisation"),
                Parameter.yesNo("randomize", true, "sub-channel deviates in the energy"),
                Parameter.yesNo("calc_modegti", true, "mode good time from the exposure table"),
                Parameter.text("mkfexpr", "CALDB", "condition on MKF rows, CALDB or NONE"),
                Parameter.text("ehkexpr", "CALDB", "condition on EHK rows, CALDB or NONE"),
                Parameter.text("evtexpr", "CALDB", "condition on events, or CALDB"),
                Parameter.choice("regionfile", List.of("NONE"), "the whole field; sxi products takes a region")));
        LABELS.forEach(name -> all.add(Parameter.text(name, DEFAULT,
                "label of the screening expressions, such as XTD#SCI")));
        OBSERVED.keySet().forEach(name -> all.add(Parameter.text(name, DEFAULT,
                "file, NONE, or that of the observation")));
        all.add(Parameter.choice("instrument", List.of("XTEND", "SXI"), "the instrument"));
        SWITCHES.forEach((name, stage) -> all.add(Parameter.yesNo(name, true, "do the correction " + stage)));
        FILES.forEach(name -> all.add(Parameter.choice(name, List.of("CALDB"), "chosen by $CALDB for the whole run")));
        stages().forEach((stage, list) -> all.addAll(list));
        return all;
    }

    /** Parameters of the stages that keep their names, by stage; a name that two stages have belongs to the first. */
    private static Map<String, List<Parameter>> stages() {
        Map<String, List<Parameter>> out = new LinkedHashMap<>();
        List<String> seen = new ArrayList<>(OWN);
        for (Flow.Pass pass : List.of(Flow.Pass.CALIBRATE, Flow.Pass.FLICKER)) {
            for (StageSpec s : Flow.stages(pass)) {
                List<Parameter> list = s.parameters().stream().filter(p -> !seen.contains(p.name())).toList();
                list.forEach(p -> seen.add(p.name()));
                out.computeIfAbsent(s.id(), k -> new ArrayList<>()).addAll(list);
            }
        }
        return out;
    }

    @Override
    public List<String> accepted() {
        return List.of("numerrs", "stemreport", "sxi_start", "xtd_start", "calc_hotpix", "verify_input", "timfile",
                "cleanup");
    }

    @Override
    public void run(TaskCall call, Console console) {
        Parameters p = call.values();
        Path in = observation(call.file("indir").orElseThrow(() -> SxiException
                .usage("an observation directory is needed").column("indir").todo("give indir=DIR").build()));
        Path out = call.file("outdir").orElseThrow(() -> SxiException.usage("an output directory is needed")
                .column("outdir").todo("give outdir=DIR").build());
        int entry = p.integer("entry_stage");
        int exit = p.integer("exit_stage");
        if (entry > exit) {
            throw SxiException.usage("entry_stage comes after exit_stage").value(entry).limit("1.." + exit)
                    .todo("correct one of them").build();
        }
        stem(p, "steminputs", in);
        stem(p, "stemoutputs", in);
        RunOptions options = new RunOptions(in, out, Optional.empty(),
                entry == 1 ? Optional.empty() : Optional.of(STAGES.get(entry - 1)), Optional.of(STAGES.get(exit - 1)),
                Host.processors(), "auto", p.integer("seed"), set(p), call.compat(), call.clobber(),
                List.of(call.name(), "indir=" + in, "outdir=" + out), Optional.empty(), files(p));
        Runner runner = new Runner(options, console);
        Runner.prepare(out);
        runner.run();
    }

    /** The observation whose {@code xtend/event_uf} was given, as the task wants it, or the directory itself. */
    private static Path observation(Path given) {
        Path whole = given.toAbsolutePath().normalize();
        return whole.endsWith(Path.of("xtend", "event_uf")) ? whole.getParent().getParent() : given;
    }

    /** A stem must be that of the observation: names of files are those of the archive. */
    private static void stem(Parameters p, String name, Path in) {
        String stem = p.text(name);
        String found = "xa" + Observation.open(in).obsid();
        if (!stem.equals(DEFAULT) && !stem.equals(found)) {
            throw SxiException.data("observation has another name").in(in).value(found).limit(name + "=" + stem)
                    .todo("correct " + name + ", or leave it out").build();
        }
    }

    private static Map<String, Optional<Path>> files(Parameters p) {
        Map<String, Optional<Path>> all = new TreeMap<>();
        OBSERVED.forEach((name, suffix) -> {
            String file = p.text(name);
            if (!file.equals(DEFAULT)) {
                all.put(suffix, file.equals("NONE") ? Optional.empty() : Optional.of(existing(name, Path.of(file))));
            }
        });
        return all;
    }

    /** The file, or its compressed twin if there is only that, as CFITSIO takes it. */
    private static Path existing(String name, Path given) {
        return Stream.of(given, Path.of(given + ".gz")).filter(Files::isRegularFile).findFirst().orElseThrow(
                () -> SxiException.data("file does not exist").in(given).column(name)
                        .todo("correct " + name + ", or leave it out to take that of the observation").build());
    }

    /** Values for the stages; those that are the default of the stage are not given by the user. */
    private static Map<String, Map<String, String>> set(Parameters p) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        stages().forEach((stage, list) -> list.forEach(d -> put(all, stage, d.name(), p.text(d.name()))));
        SWITCHES.forEach((name, stage) -> put(all, stage, "enabled", p.text(name)));
        put(all, "pulses", "randomize", p.text("randomize"));
        put(all, "gti", "modegti", p.text("calc_modegti"));
        label(p).ifPresent(l -> put(all, "gti", "label", l));
        put(all, "gti", "mkf", p.text("mkfexpr"));
        put(all, "gti", "ehk", p.text("ehkexpr"));
        put(all, "screen", "expression", p.text("evtexpr"));
        Flow.stages().forEach(s -> s.parameters().forEach(d ->
                all.getOrDefault(s.id(), new HashMap<>()).remove(d.name(), d.defaultValue())));
        return all;
    }

    /** The label given; the select file is asked with one for MKF, EHK and events. */
    private static Optional<String> label(Parameters p) {
        List<String> given = LABELS.stream().map(p::text).filter(l -> !l.equals(DEFAULT)).distinct().toList();
        if (given.size() > 1) {
            throw SxiException.usage("labels of MKF, EHK and events differ").value(String.join(", ", given))
                    .limit("one label").todo("give one, and conditions by mkfexpr, ehkexpr and evtexpr").build();
        }
        return given.stream().findFirst();
    }

    private static void put(Map<String, Map<String, String>> all, String stage, String name, String value) {
        all.computeIfAbsent(stage, k -> new LinkedHashMap<>()).put(name, value);
    }
}
