// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.task;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * A task with HEASoft syntax, found by ServiceLoader. The dispatcher parses {@code name=value} words, fills defaults,
 * refuses unknown names, and handles {@code compat}, {@code clobber}, {@code logfile}, {@code history}, {@code chatter}
 * and {@code mode} itself.
 */
public interface Task {
    /** Names in lower case; the first is the XRISM one. */
    List<String> names();

    /** One line for the list of commands. */
    String summary();

    /**
     * Parameters that mean something; those without a sensible default have the default {@code ""} and are required.
     */
    List<Parameter> parameters();

    /** Names of parameters of the original that are accepted with a word in the log but not needed. */
    List<String> accepted();

    /**
     * Behaviour when {@code compat=} is not given: the Hitomi names reproduce the reference.
     *
     * @param name name under which the task was called
     */
    default Compat defaultCompat(String name) {
        return name.startsWith("xtd") ? Compat.STRICT : Compat.HEASOFT_6_20;
    }

    /**
     * Does the work. Output files exist only if {@code clobber} allows it (checked by {@link TaskCall#output}).
     *
     * @param call name used, values and switches
     * @param console the user
     */
    void run(TaskCall call, Console console);

    /**
     * One call of a task.
     *
     * @param name name under which it was called
     * @param values checked parameters
     * @param compat behaviour wanted
     * @param clobber whether existing outputs may be replaced
     * @param history whether parameters go to HISTORY
     */
    record TaskCall(String name, Parameters values, Compat compat, boolean clobber, boolean history) {
        /** File of a parameter; {@code NONE} (any case) or blank is empty. */
        public Optional<Path> file(String parameter) {
            String v = values.text(parameter).strip();
            return v.isEmpty() || v.equalsIgnoreCase("NONE") ? Optional.empty()
                    : Optional.of(Path.of(v));
        }

        /** Output file of a required parameter; refuses an existing one without {@code clobber=yes}. */
        public Path output(String parameter) {
            Path p = file(parameter).orElseThrow(() -> SxiException.usage("parameter " + parameter
                    + " needs a file name").todo("give " + parameter + "=FILE").build());
            if (!clobber && Files.exists(p)) {
                throw SxiException.output("output exists").in(p)
                        .todo("give clobber=yes or another name").build();
            }
            return p;
        }
    }
}
