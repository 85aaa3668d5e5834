// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.ObservationMaker;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.pipeline.bench.EventMaker;
import org.xtendsxi.pipeline.flow.RunOptions;
import org.xtendsxi.pipeline.flow.Runner;
import org.xtendsxi.pipeline.kernel.KernelProvider;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.Task;
import picocli.CommandLine.Command;

/** {@code sxi doctor}: what is installed, and whether a small observation goes through. */
@Command(name = "doctor",
        description = "Checks the installation: Java, kernels, calibration, a small run, tasks on events.")
public final class DoctorCommand implements SxiCommand {
    private static final double EXPOSURE = 16;
    private static final int EVENTS = 100_000;
    private static final List<String> TASKS = List.of("coordevt", "xtdphas", "xtdflagpix", "xtdpi");

    @Override
    public void run(Console console) {
        console.result("program      " + Software.creator());
        console.result("machine      " + Host.describe() + ", heap " + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB");
        for (KernelProvider p : Kernels.providers()) {
            StringBuilder why = new StringBuilder();
            boolean works = p.tryCreate(why::append).isPresent();
            console.result("kernel       " + p.id() + (works ? ": works" : ": " + why));
        }
        Caldb caldb = Caldb.open(Optional.empty());
        console.result("calibration  " + caldb.root() + ", " + caldb.entries().size() + " entries");
        for (ObservationMaker maker : ServiceLoader.load(ObservationMaker.class)) {
            console.result("small run    " + inFolder(dir -> smallRun(maker, dir)));
        }
        console.result("event tasks  " + inFolder(DoctorCommand::tasks));
    }

    /** Does something in a temporary folder and tells how long it took. */
    private static String inFolder(Consumer<Path> work) {
        try {
            Path dir = Files.createTempDirectory("sxi-doctor-");
            try {
                double begin = Host.seconds();
                work.accept(dir);
                return String.format("works, %.1f s", Host.seconds() - begin);
            } finally {
                try (Stream<Path> all = Files.walk(dir)) {
                    for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(p);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Simulates and reduces a few cycles. */
    private static void smallRun(ObservationMaker maker, Path dir) {
        int n = Host.processors();
        Path observation = maker.make(dir, 1, EXPOSURE, n, Console.silent());
        new Runner(new RunOptions(observation, dir.resolve("out"), Optional.empty(), Optional.empty(),
                Optional.empty(), n, Kernels.AUTO, 1, Map.of(), Compat.STRICT, true, List.of("doctor")),
                Console.silent()).run();
    }

    /** The tasks in a row on an event list; the launcher trains its cache with them. */
    private static void tasks(Path dir) {
        Path events = dir.resolve("0.evt");
        String hk = EventMaker.write(events, EVENTS).toString();
        for (int i = 0; i < TASKS.size(); i++) {
            String name = TASKS.get(i);
            Task task = ServiceLoader.load(Task.class).stream().map(ServiceLoader.Provider::get)
                    .filter(t -> t.names().contains(name)).findFirst().orElseThrow();
            Map<String, String> given = new HashMap<>(Map.of("infile", dir.resolve(i + ".evt").toString(), "outfile",
                    dir.resolve(i + 1 + ".evt").toString(), "hkfile", hk, "attfile", "NONE", "passes", "2"));
            given.keySet().retainAll(task.parameters().stream().map(Parameter::name).toList());
            task.run(new Task.TaskCall(name, Parameters.of(name, task.parameters(), given), Compat.STRICT, true, true),
                    Console.silent());
        }
    }
}
