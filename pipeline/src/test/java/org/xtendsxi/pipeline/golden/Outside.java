// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.golden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of others that check our files; a test is skipped where one is not installed. */
public final class Outside {
    private static final long LIMIT_S = 60;

    private Outside() {
    }

    /**
     * What a program says.
     *
     * @param status exit status
     * @param text standard output and errors
     */
    public record Said(int status, String text) {
    }

    /** Runs a program. */
    public static Said run(String... command) {
        try {
            Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
            p.getOutputStream().close();
            String text = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!p.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                p.destroyForcibly();
            }
            return new Said(p.waitFor(), text);
        } catch (IOException e) {
            return new Said(-1, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Skips the test where programs are missing. */
    public static void needs(String... programs) {
        for (String p : programs) {
            assumeTrue(run("sh", "-c", "command -v " + p).status() == 0, p + " is not installed");
        }
    }

    /** Runs a program in Python; skips the test where a package is missing. */
    public static Said python(List<String> packages, String program) {
        for (String python : List.of(System.getProperty("sxi.python", "python3"), "/usr/bin/python3")) {
            if (run(python, "-c", "import " + String.join(", ", packages)).status() == 0) {
                return run(python, "-c", program);
            }
        }
        assumeTrue(false, "Python with " + packages + " is not installed");
        return new Said(-1, "");
    }
}
