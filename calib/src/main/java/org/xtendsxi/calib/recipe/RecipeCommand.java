// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.IndexLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi calib recipe}: a whole database from observations. */
@Command(name = "recipe", description = {"Makes a whole calibration database of observations, as one YAML file "
        + "says: each step is a task of sxi calib, and works with the files of the steps before it.",
                "All steps are checked before the first one "
        + "runs. The run record is log/recipe.json, also when a step fails."})
public final class RecipeCommand implements SxiCommand {
    @Parameters(index = "0", paramLabel = "RECIPE", description = "The YAML file.")
    Path recipe;
    @Option(names = "--out", required = true, paramLabel = "DIR",
            description = "Folder for the database (caldb), the steps with their reports, and the record; must be "
            + "empty, or that of a run that was interrupted: steps that were done are used again if program, database, "
            + "data and words are the same.")
    Path out;
    @Option(names = "--check", description = "Only checks the recipe and says what would be run.")
    boolean check;

    @Override
    public void run(Console console) {
        Recipe r = Recipe.read(recipe);
        Path target = out.toAbsolutePath().normalize();
        List<RecipeStep> steps = new ArrayList<>();
        Set<String> before = new HashSet<>();
        for (Recipe.Step s : r.steps()) {
            steps.add(RecipeStep.of(r, s, recipe, target, steps.size() + 1, before));
            if (!before.add(s.name())) {
                throw SxiException.usage("two steps have the same name").in(recipe).column("step").value(s.name())
                        .limit("one step of a name").todo("give one of them a name of its own").build();
            }
        }
        if (check) {
            steps.forEach(s -> console.result("sxi calib " + String.join(" ", s.words())));
            return;
        }
        run(new RecipeRun(r, recipe, target, console), target, steps);
        console.result(target.resolve("caldb").toString());
        console.say(steps.size() + " steps; record " + target.resolve("log/recipe.json")
                + (Files.exists(target.resolve("report.html")) ? ", report " + target.resolve("report.html") : ""));
    }

    /** Looks first, so that nothing comes into a folder that is refused; what counts is what the lock holder sees. */
    @SuppressWarnings("try")
    private static void run(RecipeRun run, Path target, List<RecipeStep> steps) {
        Earlier.in(target);
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw SxiException.output("folder cannot be made").in(target).value(e.toString()).cause(e)
                    .todo("give another --out").build();
        }
        try (IndexLock lock = IndexLock.of(target.resolve(Earlier.LOCKED))) {
            run.run(steps, Earlier.in(target));
        }
    }
}
