// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 */
public record RunOptions(Path observation, Path out, Optional<Path> caldb, Optional<String> entry,
        Optional<String> exit, int threads, String kernel, long seed, Map<String, Map<String, String>> set,
        Compat compat,
        boolean fresh, List<String> words, Optional<Path> lock) {

    /** Options without a calibration lock. */
    public RunOptions(Path observation, Path out, Optional<Path> caldb, Optional<String> entry, Optional<String> exit,
            int threads, String kernel, long seed, Map<String, Map<String, String>> set, Compat compat, boolean fresh,
            List<String> words) {
        this(observation, out, caldb, entry, exit, threads, kernel, seed, set, compat, fresh, words, Optional.empty());
    }
}
