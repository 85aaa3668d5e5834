// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;

/** A recipe that makes no sense is refused with line, place and what was probably meant, and no word of Java. */
@Tag("validation")
class RecipeTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "titel: x|row 1|titel|did you mean title?",
        "steps:!- {task: gain, data: a, optoins: {}}|row 2|steps[1].optoins|did you mean options?",
        "data:!  a: {event: [x]}!steps:!- {task: gain, data: a}|row 2|data.a.event|did you mean events?",
        "steps: {task: gain}|row 1|steps|a list",
        "steps:!- {task: [gain]}|row 2|steps[1].task|a word",
        "steps:!- gain|row 2|steps[1]|names with values",
        "steps:!- {task: gain, publish: maybe}|row 2|steps[1].publish|true or false",
        "steps:!- {task: gain|row 2|gain|recipe is no YAML",
        "title: x!title: y!steps:!- {task: gain}|row 2|title|Duplicate",
        "valid-from: 2027-13-01!steps:!- {task: gain}|valid-from|2027-13-01|yyyy-mm-dd",
        "title: x|recipe has no steps|steps|at least one task"})
    void whatIsWrongIsSaidInItsOwnWords(String text, String first, String second, String third) throws IOException {
        Path file = Files.writeString(dir.resolve("recipe.yaml"), text.replace("!", "\n") + "\n");
        Throwable e = catchThrowable(() -> Recipe.read(file));
        assertThat(e).isInstanceOf(SxiException.class).hasMessageContainingAll("recipe.yaml", first, second, third)
                .hasMessageNotContaining("java").hasMessageNotContaining("org.xtendsxi");
        assertThat(((SxiException) e).exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
