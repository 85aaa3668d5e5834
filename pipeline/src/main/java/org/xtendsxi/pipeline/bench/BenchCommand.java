// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    @Parameters(index = "0", arity = "0..1", paramLabel = "frames|events|kernels|tasks|makeevents|makeframes",
            description = "What to measure (default: frames and events); kernels: all beside each other; tasks: "
                    + "coordevt "
                    + "to xtdpi on files, and a run to all products; makeevents writes an event file, "
                    + "makeframes an observation directory with "
                    + "frames and dark frames.")
    Optional<String> what = Optional.empty();
    @Parameters(index = "1", arity = "0..1", paramLabel = "OUT",
            description = "Event file that makeevents writes, or folder for makeframes.")
    Optional<Path> out = Optional.empty();
    @Option(names = "--events", paramLabel = "N", defaultValue = "1000000",
            description = "Events of tasks and makeevents (default: ${DEFAULT-VALUE}).")
    int events;
    @Option(names = "--rows", paramLabel = "N", defaultValue = "256",
            description = "Rows of FRAMES that makeframes writes, 0.44 MB each (default: ${DEFAULT-VALUE}).")
    int rows;
    @Option(names = "--only", paramLabel = "TEXT", defaultValue = "",
            description = "Measure only what has this text in its name.")
    String only;
    @Option(names = "--kernel", paramLabel = "NAME", defaultValue = Kernels.AUTO,
            description = "A kernel that must take part, such as tornado; without it those that work here do.")
    String kernel;
    @Option(names = "--yardstick", paramLabel = "PROGRAM",
            description = "Also give the speed of work on frames as a share of that of this program, measured in "
                    + "turns: "
                    + "the loop in C that benchmarks/yardstick/build compiles.")
    Optional<Path> yardstick = Optional.empty();
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
        if (word.equals("makeframes")) {
            console.result(FrameMaker.write(place(word), positive(rows, "--rows")).toString());
            return;
        }
        if (word.equals("tasks")) {
            Path folder = scratch();
            try {
                TaskBench.run(folder, positive(events, "--events"), console);
            } finally {
                TaskBench.clean(folder);
                folder.toFile().delete();
            }
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
                    .limit("frames, events, kernels, tasks, makeevents, makeframes").todo("give one of these").build();
        }
        Path scratch = scratch();
        try {
            measure(word, scratch.resolve("frames.fits"), console);
        } finally {
            scratch.resolve("frames.fits").toFile().delete();
            scratch.toFile().delete();
        }
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("sxi-bench-");
        } catch (IOException e) {
            throw SxiException.output("temporary folder cannot be made").value(e.getMessage()).cause(e)
                    .todo("give a writable one by -Djava.io.tmpdir").build();
        }
    }

    private void measure(String word, Path scratch, Console console) {
        List<Workload> work = new ArrayList<>();
        if (!word.equals("events")) {
            FrameWorkloads frames = new FrameWorkloads(FrameWorkloads.ROWS);
            work.addAll(frames.inMemory(console::say));
            work.addAll(frames.fromFile(scratch));
        }
        if (!word.equals("frames")) {
            work.addAll(EventWorkloads.of(Caldb.open(caldb)));
        }
        work.removeIf(w -> !w.name().contains(only));
        console.say(Host.describe() + "; one thread, 7 blocks: median and best by the clock, median by processor time"
                + (yardstick.isPresent() ? "; share of the yardstick" : ""));
        List<String> json = new ArrayList<>();
        Optional<Yardstick> beside = yardstick.map(Yardstick::new);
        try {
            while (!work.isEmpty()) {
                // a workload that is done gives its memory back
                report(work.removeFirst(), beside, json, console);
            }
        } finally {
            beside.ifPresent(Yardstick::close);
        }
        if (console.json()) {
            console.result("[" + String.join(",\n ", json) + "]");
        }
    }

    private static void report(Workload w, Optional<Yardstick> beside, List<String> json, Console console) {
        Stopwatch.Speed s = Stopwatch.measure(w, beside.filter(y -> w.unit().equals(FrameWorkloads.UNIT)));
        boolean compared = !Double.isNaN(s.ratio());
        if (console.json()) {
            json.add(String.format(Locale.ROOT,
                    "{\"name\":\"%s\",\"unit\":\"%s\",\"median\":%.4g,\"best\":%.4g,\"processor\":%.4g%s}", w.name(),
                    w.unit(), s.median(), s.best(), s.processor(),
                    compared ? String.format(Locale.ROOT, ",\"share\":%.4g", s.ratio()) : ""));
        } else {
            console.result(String.format(Locale.ROOT, "%-34s %8.2f %8.2f %8.2f %s%s", w.name(), s.median(), s.best(),
                    s.processor(), w.unit(), compared ? String.format(Locale.ROOT, " %6.3f", s.ratio()) : ""));
        }
    }

    private void make(Console console) {
        Path file = place("makeevents");
        Path hk = EventMaker.write(file, positive(events, "--events"));
        console.result(file.toString());
        console.result(hk.toString());
    }

    private Path place(String word) {
        return out.orElseThrow(() -> SxiException.usage(word + " needs a name for what it writes")
                .todo("sxi bench " + word + " OUT").build());
    }

    private static int positive(int n, String option) {
        if (n < 1) {
            throw SxiException.usage(option + " is not positive").value(n).limit("1..2147483647")
                    .todo("correct " + option).build();
        }
        return n;
    }
}
