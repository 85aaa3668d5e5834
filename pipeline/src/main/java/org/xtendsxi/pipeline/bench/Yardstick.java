// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.xtendsxi.caldb.error.SxiException;

/**
 * A program beside which workloads are measured, such as that of benchmarks/yardstick: it prepares itself, then answers
 * every line with one number, the GB/s of a measurement that it makes then. It must be silent and idle in between.
 */
final class Yardstick implements AutoCloseable {
    private final Path program;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    /**
     * Starts the program.
     *
     * @throws SxiException (usage) if it cannot be started
     */
    Yardstick(Path program) {
        this.program = program;
        try {
            this.process = new ProcessBuilder(program.toString()).redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw SxiException.usage("yardstick cannot be started").in(program).value(e.getMessage()).cause(e)
                    .todo("build it with benchmarks/yardstick/build, which prints its path").build();
        }
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
        this.questions = process.outputWriter(StandardCharsets.US_ASCII);
    }

    /** Lets it measure itself, GB/s. */
    double measure() {
        try {
            questions.write("\n");
            questions.flush();
            String answer = answers.readLine();
            if (answer != null) {
                return Double.parseDouble(answer.strip());
            }
        } catch (IOException | NumberFormatException e) {
            throw dumb(e.getMessage());
        }
        throw dumb("no answer");
    }

    private SxiException dumb(Object value) {
        return SxiException.usage("yardstick does not answer with a speed").in(program).value(value)
                .limit("a number for every line").todo("build it with benchmarks/yardstick/build").build();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
