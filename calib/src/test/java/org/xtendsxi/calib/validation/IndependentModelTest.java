// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.pipeline.cli.Main;

/**
 * A handful of random cases of each task against the models of {@code testdata/model}, which were written in Python
 * from the specification and share no code with the tasks ({@code docs/validation-model.md}).
 */
@Tag("validation")
class IndependentModelTest {
    private static final Path CHECK = Path.of(System.getProperty("sxi.root", ".."), "testdata/model/check.py");

    /** Cases of each of the six tasks; they run here because this module sees them all. */
    private static final int CASES = 3;

    @TempDir
    Path dir;

    @Test
    void tasksAgreeWithTheirModels() throws Exception {
        Assumptions.assumeTrue(python(List.of("-c", "import astropy, scipy")).isEmpty(),
                "python3 with astropy and scipy is not installed: apt-get install python3-astropy python3-scipy");
        assertThat(check("--cases", Integer.toString(CASES), "--make", dir.toString())).isEmpty();
        List<Path> made;
        try (Stream<Path> folders = Files.list(dir)) {
            made = folders.sorted().toList();
        }
        assertThat(made).hasSize(6 * CASES);
        for (Path folder : made) {
            List<String> words = new ArrayList<>(Files.readAllLines(folder.resolve("command")));
            words.add("-q");
            int status = Main.run(words.toArray(String[]::new));
            Files.writeString(folder.resolve("status"), Integer.toString(status));
        }
        assertThat(check("--judge", dir.toString())).endsWith("cases, 0 with differences\n");
    }

    private static String check(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(CHECK.toString()));
        all.addAll(List.of(words));
        return python(all);
    }

    /** What Python says, with the reason where it cannot be started. */
    private static String python(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3"));
        if (!Files.isExecutable(Path.of(command.getFirst()))) {
            return "no " + command.getFirst();
        }
        command.addAll(words);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
