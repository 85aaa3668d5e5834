// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.Task;

/**
 * The tasks from an unfiltered event file to PI one after the other, on one thread, in this process, files and final
 * syncs included. The launcher prepares its fast start with it.
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

    /** Makes events in a folder and runs the tasks on them; a line for each. */
    static void run(Path folder, int events, Console console) {
        EventMaker.write(folder.resolve(EVENTS), events);
        for (Step s : STEPS) {
            double begin = Host.seconds();
            call(s, folder, console);
            double used = Host.seconds() - begin;
            console.result(console.json()
                    ? String.format(Locale.ROOT, "{\"name\":\"%s\",\"seconds\":%.3f,\"events\":%d}", s.name, used, events)
                    : String.format(Locale.ROOT, "%-12s %8.3f s  %8.2f M events/s", s.name, used, events / used / 1e6));
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
        try (var files = Files.list(folder)) {
            files.forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            throw SxiException.output("temporary files cannot be removed").in(folder).value(e.getMessage()).cause(e)
                    .todo("remove the folder").build();
        }
    }
}
