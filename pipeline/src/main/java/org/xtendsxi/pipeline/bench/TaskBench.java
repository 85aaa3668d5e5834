// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.pipeline.flow.RunOptions;
import org.xtendsxi.pipeline.flow.Runner;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.Task;

/**
 * The tasks from an unfiltered event file to PI one after the other, on one thread, and a whole run from the same
 * events to all products, in this process, files and final syncs included. The launcher prepares its fast start with
 * it.
 */
final class TaskBench {
    private static final String EVENTS = "b1.evt";

    /** One task: name, input, output, further parameters. */
    private record Step(String name, String from, String to, Map<String, String> more) {
    }

    private static final List<Step> STEPS = List.of(
            new Step("coordevt", EVENTS, "b2.evt", Map.of("attfile", "NONE")),
            new Step("xtdphas", "b2.evt", "b3.evt", Map.of("threads", "1")),
            new Step("xtdflagpix", "b3.evt", "b4.evt", Map.of()),
            new Step("xtdpi", "b4.evt", "b5.evt", Map.of("passes", "2", "threads", "1", "hkfile", EVENTS + ".hk")));

    private TaskBench() {
    }

    /** Makes events in a folder and runs the tasks on them, then the whole; a line for each. */
    static void run(Path folder, int events, Console console) {
        Path hk = EventMaker.write(folder.resolve(EVENTS), events);
        for (Step s : STEPS) {
            timed(s.name, events, console, () -> call(s, folder, console));
        }
        Path observation = folder.resolve("900000001");
        move(folder.resolve(EVENTS), observation.resolve("xtend/event_uf/xa900000001xtd_p030000010_uf.evt"));
        move(hk, observation.resolve("xtend/hk/xa900000001xtd_a0.hk"));
        timed("run", events, console, () -> new Runner(new RunOptions(observation, folder.resolve("out"),
                Optional.empty(), Optional.empty(), Optional.empty(), Host.processors(), Kernels.AUTO, 1, Map.of(),
                Compat.STRICT, true, List.of("bench")), Console.silent()).run());
    }

    private static void timed(String name, int events, Console console, Runnable work) {
        double begin = Host.seconds();
        work.run();
        double used = Host.seconds() - begin;
        console.result(console.json()
                ? String.format(Locale.ROOT, "{\"name\":\"%s\",\"seconds\":%.3f,\"events\":%d}", name, used, events)
                : String.format(Locale.ROOT, "%-12s %8.3f s  %8.2f M events/s", name, used, events / used / 1e6));
    }

    private static void move(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.move(from, to);
        } catch (IOException e) {
            throw SxiException.output("temporary file cannot be moved").in(from).value(e.getMessage()).cause(e)
                    .todo("give a writable folder by -Djava.io.tmpdir").build();
        }
    }

    private static void call(Step s, Path folder, Console console) {
        Task task = ServiceLoader.load(Task.class).stream().map(ServiceLoader.Provider::get)
                .filter(t -> t.names().contains(s.name)).findFirst().orElseThrow();
        Map<String, String> values = new TreeMap<>(s.more);
        values.put("infile", folder.resolve(s.from).toString());
        values.put("outfile", folder.resolve(s.to).toString());
        values.computeIfPresent("hkfile", (k, v) -> folder.resolve(v).toString());
        task.run(new Task.TaskCall(s.name, Parameters.of(s.name, task.parameters(), values), task.defaultCompat(s.name),
                true, true), console);
    }

    /** Removes what was written. */
    static void clean(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).filter(f -> !f.equals(folder)).forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            throw SxiException.output("temporary files cannot be removed").in(folder).value(e.getMessage()).cause(e)
                    .todo("remove the folder").build();
        }
    }
}
