// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.ObservationMaker;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.pipeline.flow.RunOptions;
import org.xtendsxi.pipeline.flow.Runner;
import org.xtendsxi.pipeline.kernel.KernelProvider;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.pipeline.stage.Compat;
import picocli.CommandLine.Command;

/** {@code sxi doctor}: what is installed, and whether a small observation goes through. */
@Command(name = "doctor", description = "Checks the installation: Java, kernels, calibration, and a small run.")
public final class DoctorCommand implements SxiCommand {
    private static final double EXPOSURE = 16;

    @Override
    public void run(Console console) {
        console.result("program      " + Software.creator());
        console.result("machine      " + Host.describe() + ", heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MB");
        for (KernelProvider p : Kernels.providers()) {
            StringBuilder why = new StringBuilder();
            boolean works = p.tryCreate(why::append).isPresent();
            console.result("kernel       " + p.id() + (works ? ": works" : ": " + why));
        }
        Caldb caldb = Caldb.open(Optional.empty());
        console.result("calibration  " + caldb.root() + ", " + caldb.entries().size() + " entries");
        for (ObservationMaker maker : ServiceLoader.load(ObservationMaker.class)) {
            console.result("small run    " + selfTest(maker));
        }
    }

    /** Simulates and reduces a few cycles in a temporary folder. */
    private static String selfTest(ObservationMaker maker) {
        try {
            Path dir = Files.createTempDirectory("sxi-doctor-");
            try {
                double begin = Host.seconds();
                int n = Host.processors();
                Path observation = maker.make(dir, 1, EXPOSURE, n, Console.silent());
                new Runner(new RunOptions(observation, dir.resolve("out"), Optional.empty(), Optional.empty(),
                        Optional.empty(), n, Kernels.AUTO, 1, Map.of(), Compat.STRICT, true, List.of("doctor")),
                        Console.silent()).run();
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
}
