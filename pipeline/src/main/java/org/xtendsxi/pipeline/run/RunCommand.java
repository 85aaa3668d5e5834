// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import java.nio.file.Path;
import java.util.List;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.pipeline.flow.Runner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sxi run}: the pipeline on one observation. */
@Command(name = "run", description = "Runs the pipeline on an observation directory; finished passes are reused.")
public final class RunCommand implements SxiCommand {
    @Parameters(index = "0", paramLabel = "OBSDIR", description = "Observation directory.")
    Path observation;
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Output directory.")
    Path out;
    @Mixin
    FlowWords words;
    @Spec
    CommandSpec spec;

    @Override
    public void run(Console console) {
        List<String> line = List.copyOf(spec.commandLine().getParseResult().originalArgs());
        Runner runner = new Runner(words.options(observation, out, line), console);
        Runner.prepare(out);
        runner.run();
        console.result(out.resolve("report.html").toString());
    }
}
