// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import java.nio.file.Path;
import java.util.List;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.pipeline.flow.Plan;
import org.xtendsxi.pipeline.flow.Runner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import picocli.CommandLine.Parameters;

/** {@code sxi plan}: what {@code run} would do. */
@Command(name = "plan", description = "Shows what run would do: inputs, stages, parameters, calibration; runs nothing.")
public final class PlanCommand implements SxiCommand {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Parameters(index = "0", paramLabel = "OBSDIR", description = "Observation directory.")
    Path observation;
    @Option(names = "--out", paramLabel = "DIR", defaultValue = "sxi-out", description = "Output directory.")
    Path out;
    @Mixin
    FlowWords words;

    @Override
    public void run(Console console) {
        Plan plan = new Runner(words.options(observation, out, List.of("plan")), console).plan();
        if (console.json()) {
            console.result(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(plan));
        } else {
            plan.lines().forEach(console::result);
        }
    }
}
