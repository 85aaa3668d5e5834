// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.pipeline.correction.CtiStage;
import org.xtendsxi.pipeline.correction.EvenOddStage;
import org.xtendsxi.pipeline.correction.TrailStage;
import org.xtendsxi.pipeline.energy.PiStage;
import org.xtendsxi.pipeline.energy.PulseRandom;
import org.xtendsxi.pipeline.energy.PulseStage;
import org.xtendsxi.pipeline.energy.StartColumn;
import org.xtendsxi.pipeline.grade.GradeStage;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/** The parameters of xtdpi and sxipi (energy-chain sections 4.1 and 11A), and the settings that they make. */
public final class EnergyParameters {
    /** Stages that share one reading of the events, in order. */
    public static final List<StageSpec> STAGES = List.of(PulseStage.SPEC, EvenOddStage.SPEC, TrailStage.SPEC,
            CtiStage.SPEC, GradeStage.SPEC, PiStage.SPEC);

    private EnergyParameters() {
    }

    /** Files, in the order of the task. */
    static List<Parameter> files() {
        return List.of(Parameter.text("infile", "", "event file"),
                Parameter.text("outfile", "", "event file to write"),
                Parameter.text("hkfile", "NONE", "housekeeping file with the video temperatures"),
                EvenOddStage.HOUSEKEEPING.get(0), EvenOddStage.HOUSEKEEPING.get(1), EvenOddStage.HOUSEKEEPING.get(2),
                Parameter.text("vtevnoddfile", "CALDB", "gain of even and odd columns"),
                Parameter.text("chtrailfile", "CALDB", "charge trail"), Parameter.text("ctifile", "CALDB", "CTI"),
                Parameter.text("spthfile", "CALDB", "split threshold"), Parameter.text("gainfile", "CALDB", "gain"),
                Parameter.text("patternfile", "CALDB", "grades of hit patterns"));
    }

    /**
     * Switches and numbers.
     *
     * @param xrism whether the switches that XRISM added, and ours, are there
     */
    public static List<Parameter> switches(boolean xrism) {
        List<Parameter> all = new ArrayList<>(List.of(
                Parameter.choice("startcol", StartColumn.words(), "column to start with"), EvenOddStage.COLUMNS,
                Parameter.yesNo("chtrailcor", true, "correct the charge trail"),
                Parameter.yesNo("cticor", true, "correct the CTI"), Parameter.yesNo("gaincor", true, "apply the gain"),
                CtiStage.BY_GRADE, Parameter.yesNo("copygrade", false, "keep GRADE and PHA in GRADE_COPY and PHA_COPY"),
                CtiStage.CUT));
        all.addAll(GradeStage.PARAMETERS);
        all.addAll(List.of(PulseStage.EVENT_THRESHOLD, PulseStage.NEGATIVE_THRESHOLD, EvenOddStage.MAX_GAP,
                Parameter.yesNo("debugcol", false, "write the intermediate columns"), PulseStage.RANDOMIZE,
                PulseStage.SEED, CtiStage.passes(1)));
        if (xrism) {
            all.add(EvenOddStage.TEMPERATURE);
            all.add(CtiStage.OFFSET);
            all.add(TrailStage.PIXELS);
        }
        return all;
    }

    /**
     * The parameters of the stages of a run under the names of the task.
     *
     * @param stage parameters of a stage by its id
     */
    public static Parameters ofStages(Function<String, Parameters> stage) {
        Map<String, String> all = new HashMap<>();
        for (StageSpec s : STAGES) {
            all.putAll(stage.apply(s.id()).all());
        }
        all.remove(StageSpec.ENABLED.name());
        EvenOddStage.HOUSEKEEPING.forEach(p -> all.remove(p.name()));
        if (!EvenOddStage.SPEC.enabled(stage.apply(EvenOddStage.SPEC.id()))) {
            all.put(EvenOddStage.COLUMNS.name(), "no");
            all.put(EvenOddStage.TEMPERATURE.name(), "no");
        }
        Map.of("chtrailcor", TrailStage.SPEC, "cticor", CtiStage.SPEC, "gaincor", PiStage.SPEC)
                .forEach((name, s) -> all.put(name, s.enabled(stage.apply(s.id())) ? "yes" : "no"));
        return Parameters.of("energy", switches(true), all);
    }

    /** Settings of checked values; without the XRISM switches these follow evnoddcor and ctigrade. */
    public static EnergySettings settings(Parameters p, Compat compat) {
        boolean xrism = p.all().containsKey("vtcor");
        StartColumn start = StartColumn.valueOf(p.text("startcol"));
        if (start != StartColumn.PHAS && !p.yes("debugcol")) {
            throw SxiException.usage("a start column other than PHAS needs the intermediate columns").value(start)
                    .limit("startcol=PHAS").todo("give debugcol=yes").build();
        }
        if (start != StartColumn.PHAS && p.integer("passes") == 2) {
            throw SxiException.usage("two passes start with PHAS").value(start).limit("startcol=PHAS")
                    .todo("give passes=1").build();
        }
        boolean trailAll = xrism && p.text(TrailStage.PIXELS.name()).equals("all");
        if (trailAll && !compat.equals(Compat.STRICT)) {
            throw SxiException.usage("the reference restores the charge trail of the centre only")
                    .value(TrailStage.PIXELS.name() + "=all, compat=" + compat.word()).limit("centre")
                    .todo("give compat=strict, or " + TrailStage.PIXELS.name() + "=centre").build();
        }
        EnergySettings.Corrections on = new EnergySettings.Corrections(p.yes(xrism ? "vtcor" : "evnoddcor"),
                p.yes("evnoddcor"), p.yes("chtrailcor"), trailAll, p.yes("cticor"), p.yes("ctigrade"),
                p.yes(xrism ? "usegoffset" : "ctigrade"), p.yes("gaincor"));
        EnergySettings.Split split = new EnergySettings.Split(p.integer("badpixopt"), p.yes("spthiter"),
                p.yes("spthcaldb"), p.real("spthoffset"), p.real("spthslope"));
        Optional<PulseRandom> random = p.yes("randomize") && start.raw()
                ? Optional.of(PulseRandom.of(compat, p.integer("seed"), RunClock.now().getEpochSecond()))
                : Optional.empty();
        return new EnergySettings(compat, p.integer("passes"), start, on, split, p.integer("negthre"),
                p.integer("deltatime"), number(p.text("phcut"), "CALDB", "phcut").orElse(Double.NaN), random);
    }

    /** Readout with the event threshold of the parameters. */
    public static Readout readout(Readout header, Parameters p) {
        String text = p.text("evtthre").strip();
        if (text.equalsIgnoreCase("DEFAULT")) {
            return header;
        }
        if (!text.matches("[+-]?\\d{1,9}")) {
            throw SxiException.usage("event threshold is not a whole number").value(text)
                    .limit("an integer or DEFAULT").todo("correct evtthre").build();
        }
        return header.withEventThreshold(Integer.parseInt(text));
    }

    private static Optional<Double> number(String text, String word, String name) {
        if (text.strip().equalsIgnoreCase(word)) {
            return Optional.empty();
        }
        try {
            double v = Double.parseDouble(text.strip());
            if (Double.isFinite(v)) {
                return Optional.of(v);
            }
        } catch (NumberFormatException e) {
            throw notNumber(text, word, name, e);
        }
        throw notNumber(text, word, name, null);
    }

    private static SxiException notNumber(String text, String word, String name, NumberFormatException cause) {
        return SxiException.usage("parameter " + name + " is not a number").value(text).limit("a number or " + word)
                .todo("correct " + name).cause(cause).build();
    }
}
