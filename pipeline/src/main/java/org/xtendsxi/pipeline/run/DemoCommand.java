// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.ObservationMaker;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.command.TruthCheck;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.pipeline.flow.RunOptions;
import org.xtendsxi.pipeline.flow.Runner;
import org.xtendsxi.pipeline.stage.Compat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sxi demo}: simulate, reduce, check. */
@Command(name = "demo", description = "The main job in one go: simulates a small observation and reduces it.")
public final class DemoCommand implements SxiCommand {
    private static final double EXPOSURE = 1000;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "sxi-demo",
            description = "Where all of it goes (default: ${DEFAULT-VALUE}).")
    Path out;
    @Option(names = "--seed", defaultValue = "" + RunOptions.SEED,
            description = "Seed of simulation and randomisation (default: ${DEFAULT-VALUE}).")
    long seed;
    @Option(names = "--threads", defaultValue = "0", paramLabel = "N",
            description = "Threads, 0 for all processors (default: ${DEFAULT-VALUE}).")
    int threads;

    @Override
    public void run(Console console) {
        Runner.prepare(out);
        int n = threads > 0 ? threads : Host.processors();
        ObservationMaker maker = ServiceLoader.load(ObservationMaker.class).findFirst().orElseThrow(
                () -> SxiException.usage("the simulator is not installed").todo("install module testdata").build());
        Path observation = maker.make(out, seed, EXPOSURE, n, console);
        Path reduced = out.resolve("reduced");
        Runner runner = new Runner(new RunOptions(observation, reduced, Optional.empty(), Optional.empty(),
                Optional.empty(), n, "auto", seed, Map.of(), Compat.STRICT, true, List.of("demo")), console);
        runner.run();
        for (TruthCheck check : ServiceLoader.load(TruthCheck.class)) {
            runner.cleaned(events -> check.check(observation, events)).forEach(verdicts -> tell(verdicts, console));
        }
        console.result(reduced.resolve("report.html").toString());
        console.result(reduced.resolve("xtend/products").toString());
    }

    private static void tell(List<TruthCheck.Verdict> verdicts, Console console) {
        int what = verdicts.stream().mapToInt(v -> v.what().length()).max().orElse(1);
        int found = verdicts.stream().mapToInt(v -> v.found().length()).max().orElse(1);
        String form = "%-" + what + "s  %" + found + "s  %s, expected %s (%s)";
        verdicts.forEach(v -> console.say(String.format(form, v.what(), v.found(), v.good() ? "ok" : "OUT OF LIMIT",
                v.expected(), v.limit())));
    }
}
