// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.pipeline.flow.Flow;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.StageSpec;
import picocli.CommandLine.Command;
import tools.jackson.databind.json.JsonMapper;

/** {@code sxi stages}: the contracts of all stages, from which nothing of their documentation can drift. */
@Command(name = "stages", description = "Lists the stages in order: columns, calibration, STATUS flags, parameters.")
public final class StagesCommand implements SxiCommand {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public void run(Console console) {
        if (console.json()) {
            Map<String, Object> passes = new LinkedHashMap<>();
            passes.put("observation", Flow.OBSERVATION_STAGES.stream().map(StagesCommand::tree).toList());
            for (Flow.Pass p : Flow.Pass.values()) {
                passes.put(p.id(), Flow.stages(p).stream().map(StagesCommand::tree).toList());
            }
            console.result(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(passes));
            return;
        }
        console.result("before the passes");
        Flow.OBSERVATION_STAGES.forEach(s -> tell(s, console));
        for (Flow.Pass p : Flow.Pass.values()) {
            console.result("pass " + p.id());
            Flow.stages(p).forEach(s -> tell(s, console));
        }
    }

    private static void tell(StageSpec s, Console console) {
        console.result(String.format("  %-12s %s", s.id(), s.title()));
        line(console, "reads", names(s.reads()));
        line(console, "writes", names(s.writes()));
        line(console, "calibration", s.calibration());
        line(console, "flags", s.statusBits().stream().map(f -> f.number() + " " + f).toList());
        for (Parameter p : s.parameters()) {
            console.result(String.format("    --set %s=%s  [%s]%s %s", s.id() + "." + p.name(), p.defaultValue(),
                    p.range(), p.unit().isEmpty() ? "" : " " + p.unit() + ",", p.text()));
        }
    }

    private static void line(Console console, String what, List<String> words) {
        if (!words.isEmpty()) {
            console.result(String.format("    %-12s %s", what, String.join(" ", words)));
        }
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(c -> c.unit().isEmpty() ? c.name() : c.name() + "(" + c.unit() + ")").toList();
    }

    private static Map<String, Object> tree(StageSpec s) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("id", s.id());
        m.put("title", s.title());
        m.put("reads", columns(s.reads()));
        m.put("writes", columns(s.writes()));
        m.put("calibration", s.calibration());
        m.put("flags", s.statusBits().stream().map(StatusFlag::number).toList());
        m.put("parameters", s.parameters().stream().map(p -> Map.of("name", p.name(), "default", p.defaultValue(),
                "range", p.range(), "unit", p.unit(), "text", p.text())).toList());
        return m;
    }

    private static List<Map<String, String>> columns(List<Column> columns) {
        return columns.stream().map(c -> Map.of("name", c.name(), "unit", c.unit(), "format", c.format()))
                .collect(Collectors.toList());
    }
}
