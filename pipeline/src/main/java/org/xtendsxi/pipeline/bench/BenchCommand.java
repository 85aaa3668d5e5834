// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.nio.file.Path;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.pipeline.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi bench}: speed on this machine, in short. */
@Command(name = "bench", description = "Measures speed on synthetic data in memory, on one thread; or makes events.")
public final class BenchCommand implements SxiCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "frames|events|kernels|makeevents",
            description = "What to measure (default: frames and events; kernels: all of them beside each "
                    + "other), or makeevents to write an event file.")
    Optional<String> what = Optional.empty();
    @Parameters(index = "1", arity = "0..1", paramLabel = "OUT", description = "Event file that makeevents writes.")
    Optional<Path> out = Optional.empty();
    @Option(names = "--events", paramLabel = "N", defaultValue = "1000000",
            description = "Events that makeevents writes (default: ${DEFAULT-VALUE}).")
    int events;
    @Option(names = "--kernel", paramLabel = "NAME", defaultValue = Kernels.AUTO,
            description = "A kernel that must take part, such as tornado; without it those that work here do.")
    String kernel;
    @Option(names = "--caldb", paramLabel = "DIR",
            description = "Calibration database (default: $CALDB, else the model).")
    Optional<Path> caldb = Optional.empty();

    @Override
    public void run(Console console) {
        String word = what.orElse("all");
        if (word.equals("makeevents")) {
            make(console);
            return;
        }
        Kernels.choose(kernel, console::explain);
        if (word.equals("kernels")) {
            console.say(Host.describe());
            new KernelBench().run(console);
            return;
        }
        if (!List.of("all", "frames", "events").contains(word)) {
            throw SxiException.usage("bench does not know what to measure").value(word)
                    .limit("frames, events, kernels, makeevents").todo("give one of these").build();
        }
        List<Workload> work = new ArrayList<>();
        if (!word.equals("events")) {
            work.addAll(FrameWorkloads.all(console::say));
        }
        if (!word.equals("frames")) {
            work.addAll(EventWorkloads.of(Caldb.open(caldb)));
        }
        console.say(Host.describe() + "; median and best of 7 blocks, one thread");
        List<String> json = new ArrayList<>();
        for (Workload w : work) {
            Stopwatch.Speed s = Stopwatch.measure(w);
            if (console.json()) {
                json.add(String.format(Locale.ROOT, "{\"name\":\"%s\",\"unit\":\"%s\",\"median\":%.4g,\"best\":%.4g}",
                        w.name(), w.unit(), s.median(), s.best()));
            } else {
                console.result(String.format(Locale.ROOT, "%-34s %8.2f %8.2f %s", w.name(), s.median(), s.best(),
                        w.unit()));
            }
        }
        if (console.json()) {
            console.result("[" + String.join(",\n ", json) + "]");
        }
    }

    private void make(Console console) {
        Path file = out.orElseThrow(() -> SxiException.usage("makeevents needs the name of the file to write")
                .todo("sxi bench makeevents OUT --events N").build());
        if (events < 1) {
            throw SxiException.usage("there must be at least one event").value(events).limit("1..2147483647")
                    .todo("correct --events").build();
        }
        Path hk = EventMaker.write(file, events);
        console.result(file.toString());
        console.result(hk.toString());
    }
}
