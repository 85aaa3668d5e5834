// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/**
 * What a run would do.
 *
 * @param observation nine digits
 * @param directory where it lies
 * @param inputs files that the run may read, calibration apart
 * @param sets what happens to each data class
 * @param stages parameters of all stages of the passes
 */
public record Plan(String observation, String directory, List<Input> inputs, List<DataSet> sets, List<Stage> stages) {

    /**
     * A file of the observation.
     *
     * @param path relative to the directory
     * @param bytes its size
     */
    public record Input(String path, long bytes) {
    }

    /**
     * A data class.
     *
     * @param stem its name
     * @param from the frames or the event list that the run starts from
     * @param passes what is done and why
     * @param adjusted parameters that the run changes for this data class, and the reason
     * @param condition on good events, empty if they are not screened
     * @param goodTime what the good time is made from
     * @param calibration files and rows of the index
     */
    public record DataSet(String stem, String from, List<Pass> passes, List<Setting> adjusted, String condition,
            List<String> goodTime, List<Calibration> calibration) {
    }

    /**
     * A pass over the data.
     *
     * @param id its name
     * @param state why it would run, or {@code reused}
     * @param stages its stages
     */
    public record Pass(String id, String state, List<String> stages) {
    }

    /**
     * A stage.
     *
     * @param id its name
     * @param title what it does
     * @param parameters its parameters
     */
    public record Stage(String id, String title, List<Setting> parameters) {
    }

    /**
     * A parameter.
     *
     * @param name of the parameter, with that of the stage where no stage is named beside it
     * @param value its value
     * @param unit its unit, empty if it has none
     * @param origin default, given, seed of the run, or why the run changes it
     */
    public record Setting(String name, String value, String unit, String origin) {
    }

    /** A calibration file: kind, name, HDU number, row of the index and what was asked. */
    public record Calibration(String kind, String file, int extension, int indexRow, String query) {
    }

    static Plan of(Observation o, RunOptions options, Map<String, Parameters> parameters, List<DataSetRun> runs,
            Function<DataSetRun, List<Flow.Pass>> passes) {
        RunState state = RunState.open(options.out(), options.fresh());
        Set<StageSpec> used = new LinkedHashSet<>(o.derived().isEmpty() ? List.of() : Flow.OBSERVATION_STAGES);
        List<DataSet> sets = new ArrayList<>();
        for (DataSetRun r : runs) {
            List<Pass> steps = new ArrayList<>();
            for (Flow.Pass p : passes.apply(r)) {
                used.addAll(Flow.stages(p));
                String why = state.whyRerun(RunState.name(p, r.set()), r.key(p), RunState.later(p, r.set()));
                steps.add(new Pass(p.id(), why.isEmpty() ? "reused" : why,
                        Flow.stages(p).stream().map(StageSpec::id).toList()));
            }
            sets.add(new DataSet(r.set().stem(), o.directory().relativize(r.input()).toString(), steps, r.adjusted(),
                    r.screened() ? r.condition() : "", r.screened() ? r.goodTime() : List.of(),
                    CalibrationFile.sorted(r.calibration()).stream().map(f -> new Calibration(f.kind().name(),
                            f.path().getFileName().toString(), f.extension(), f.indexRow(), f.query())).toList()));
        }
        List<Stage> stages = used.stream().map(s -> new Stage(s.id(), s.title(), settings(s, parameters.get(s.id()),
                options))).toList();
        return new Plan(o.obsid(), o.directory().toString(), inputs(o, runs), sets, stages);
    }

    private static List<Setting> settings(StageSpec s, Parameters p, RunOptions options) {
        return s.parameters().stream().map((Parameter d) -> new Setting(d.name(), p.text(d.name()), d.unit(),
                options.origin(s.id(), d.name()))).toList();
    }

    private static List<Input> inputs(Observation o, List<DataSetRun> runs) {
        List<Path> all = new ArrayList<>();
        runs.forEach(r -> {
            all.add(r.input());
            if (r.fromFrames()) {
                r.set().dark().ifPresent(all::add);
            }
        });
        all.addAll(new TreeMap<>(o.auxiliary()).values());
        return all.stream().filter(Files::exists)
                .map(p -> new Input(o.directory().relativize(p).toString(), p.toFile().length())).toList();
    }

    /** The plan as text. */
    public List<String> lines() {
        List<String> out = new ArrayList<>(List.of("observation " + observation + " in " + directory));
        table(out, "  ", inputs.stream().map(i -> List.of(i.path(), String.format("%,d bytes", i.bytes()))).toList());
        for (DataSet s : sets) {
            out.add("");
            out.add(s.stem() + " from " + s.from());
            table(out, "  ", s.passes().stream()
                    .map(p -> List.of(p.id(), p.state(), String.join(" ", p.stages()))).toList());
            s.adjusted().forEach(a -> out.add("  " + a.name() + "=" + a.value() + ", because " + a.origin()));
            if (s.condition().isEmpty()) {
                out.add("  not screened: a slew, or the erasing mode");
            } else {
                out.add("  good events: " + s.condition());
                s.goodTime().forEach(g -> out.add("  good time from " + g));
            }
            out.add("  calibration");
            table(out, "    ", s.calibration().stream().map(c -> List.of(c.kind(), c.file() + "+" + c.extension(),
                    "row " + c.indexRow(), c.query())).toList());
        }
        out.add("");
        out.add("stages and parameters (--set STAGE.NAME=VALUE)");
        for (Stage s : stages) {
            out.add("  " + s.id() + ": " + s.title());
            table(out, "    ", s.parameters().stream().map(p -> List.of(p.name(), (p.value() + " " + p.unit()).strip(),
                    p.origin())).toList());
        }
        return out;
    }

    /** Rows in columns as wide as their widest word. */
    private static void table(List<String> out, String indent, List<List<String>> rows) {
        for (List<String> row : rows) {
            StringBuilder b = new StringBuilder(indent);
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
                b.append(i + 1 < row.size() ? String.format("%-" + Math.max(1, width) + "s  ", row.get(i))
                        : row.get(i));
            }
            out.add(b.toString().stripTrailing());
        }
    }
}
