// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.pipeline.flow.Flow;
import org.xtendsxi.pipeline.flow.RunOptions;
import org.xtendsxi.pipeline.flow.SetWords;
import org.xtendsxi.pipeline.stage.Compat;
import picocli.CommandLine.Option;

/** Options that {@code run}, {@code plan} and {@code demo} share. */
final class FlowWords {
    @Option(names = "--caldb", paramLabel = "DIR", description =
            "Calibration database (default: $CALDB, else the model).")
    Optional<Path> caldb = Optional.empty();
    @Option(names = "--caldb-lock", paramLabel = "FILE",
            description = "log/caldb.lock of an earlier run: takes its calibration files, and refuses changed ones.")
    Optional<Path> lock = Optional.empty();
    @Option(names = "--entry", paramLabel = "PASS", description = "First pass: events, calibrate, screen "
            + "or products; or the stage that opens it.")
    Optional<String> entry = Optional.empty();
    @Option(names = "--exit", paramLabel = "PASS", description =
            "Last pass, or the stage that ends it, such as extraction.")
    Optional<String> exit = Optional.empty();
    @Option(names = "--threads", defaultValue = "0", paramLabel = "N",
            description = "Threads, 0 for all processors (default: ${DEFAULT-VALUE}).")
    int threads;
    @Option(names = "--kernel", defaultValue = "auto",
            description = "auto, scalar, simd or tornado (default: ${DEFAULT-VALUE}).")
    String kernel;
    @Option(names = "--seed", defaultValue = "" + RunOptions.SEED,
            description = "Seed of all randomisation (default: ${DEFAULT-VALUE}).")
    long seed;
    @Option(names = "--set", paramLabel = "STAGE.NAME=VALUE",
            description = "Sets a parameter of a stage; may be repeated.")
    List<String> set = new ArrayList<>();
    @Option(names = "--compat", defaultValue = "strict", description = Compat.WORDS + ".")
    String compat;
    @Option(names = "--fresh", description = "Do every pass again.")
    boolean fresh;

    RunOptions options(Path observation, Path out, List<String> words) {
        if (threads < 0) {
            throw SxiException.usage("--threads is negative").value(threads).limit("0 or more").todo("correct it")
                    .build();
        }
        return new RunOptions(observation, out, caldb, entry.map(e -> pass(e, true)), exit.map(e -> pass(e, false)),
                threads == 0 ? Host.processors() : threads, kernel, seed, SetWords.byStage(set),
                Compat.of(compat).orElseThrow(() -> SxiException.usage("--compat is not known")
                        .value(compat).limit(Compat.WORDS).todo("give one of these").build()),
                fresh, words, lock, Map.of());
    }

    private static String pass(String word, boolean entry) {
        return Flow.bounded(word, entry).map(Flow.Pass::id).orElse(word);
    }
}
