// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.pipeline.energy.PulseStage;
import org.xtendsxi.pipeline.stage.Compat;

/**
 * What the user asks of a run.
 *
 * @param observation observation directory
 * @param out output directory
 * @param caldb calibration database, empty for the default
 * @param entry first pass, empty for the first that is needed
 * @param exit last pass, empty for all
 * @param threads worker threads
 * @param kernel auto, scalar, simd or tornado
 * @param seed seed of all randomisation
 * @param set parameters by stage and name
 * @param compat behaviour wanted
 * @param fresh whether finished passes are done again
 * @param words the command line, for the record
 * @param lock {@code log/caldb.lock} of an earlier run, whose calibration files are taken; empty to ask the index
 * @param files auxiliary files in place of those of the observation, by what follows {@code xa<OBSID>} in their name,
 *     such as {@code .att}; an empty one is left out
 */
public record RunOptions(Path observation, Path out, Optional<Path> caldb, Optional<String> entry,
        Optional<String> exit, int threads, String kernel, long seed, Map<String, Map<String, String>> set,
        Compat compat, boolean fresh, List<String> words, Optional<Path> lock, Map<String, Optional<Path>> files) {

    /** Seed of all randomisation where the user gives none. */
    public static final long SEED = 1;

    /** Where a parameter of a stage has its value from: {@code given}, {@code seed of the run} or {@code default}. */
    String origin(String stage, String name) {
        if (set.getOrDefault(stage, Map.of()).containsKey(name)) {
            return "given";
        }
        return name.equals(PulseStage.SEED.name()) && stage.equals(PulseStage.SPEC.id())
                ? "seed of the run" : "default";
    }

    /** Options without a calibration lock, with the files of the observation. */
    public RunOptions(Path observation, Path out, Optional<Path> caldb, Optional<String> entry, Optional<String> exit,
            int threads, String kernel, long seed, Map<String, Map<String, String>> set, Compat compat, boolean fresh,
            List<String> words) {
        this(observation, out, caldb, entry, exit, threads, kernel, seed, set, compat, fresh, words, Optional.empty(),
                Map.of());
    }
}
