// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.Nearest;
import org.xtendsxi.caldb.error.SxiException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/**
 * A step whose words were checked.
 *
 * @param step as the recipe has it
 * @param folder folder for its file
 * @param words words of its command line after {@code sxi calib}; {@code @NAME} stands for the file of a step before
 * @param files its data
 */
record RecipeStep(Recipe.Step step, Path folder, List<String> words, List<Path> files) {
    private static final Set<String> OWN = Set.of("out", "caldb");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    /** Makes the words of a step and checks them. */
    static RecipeStep of(Recipe recipe, Recipe.Step step, Path source, Path out, int number, Set<String> before) {
        SxiCommandLine line = new SxiCommandLine(source, number, step);
        line.check();
        Path folder = out.resolve(String.format("steps/%02d-%s", number, step.name()));
        List<String> words = new ArrayList<>(List.of(step.task()));
        List<Path> files = new ArrayList<>();
        Path base = source.toAbsolutePath().getParent();
        Recipe.DataSet data = recipe.data().get(step.data());
        if (data == null) {
            throw line.wrong("data of a step is not defined", String.valueOf(step.data()), recipe.data().keySet());
        }
        for (Path p : Wildcards.files(base, data.events())) {
            words.add(p.toString());
            files.add(p);
        }
        for (Path p : Wildcards.files(base, data.hk())) {
            words.addAll(List.of("--hk", p.toString()));
            files.add(p);
        }
        if (!recipe.validFrom().isEmpty() && !step.options().containsKey("valid-from")) {
            words.addAll(List.of("--valid-from", recipe.validFrom()));
        }
        for (Map.Entry<String, JsonNode> o : step.options().entrySet()) {
            if (OWN.contains(o.getKey())) {
                throw line.wrong("option is set by the recipe itself", o.getKey(), Set.of());
            }
            for (String value : values(o.getValue())) {
                if (value.startsWith("@") && !before.contains(value.substring(1))) {
                    throw line.wrong("step refers to one that is not before it", value, before);
                }
                words.add("--" + o.getKey());
                if (!o.getValue().isBoolean()) {
                    words.add(value);
                }
            }
        }
        words.addAll(List.of("--out", folder.toString()));
        line.parse(words);
        return new RecipeStep(step, folder, List.copyOf(words), List.copyOf(files));
    }

    private static List<String> values(JsonNode v) {
        if (v.isArray()) {
            List<String> all = new ArrayList<>();
            v.forEach(x -> all.add(x.asString()));
            return all;
        }
        return v.isBoolean() && !v.asBoolean() ? List.of() : List.of(v.asString());
    }

    /** The words with the files of earlier steps put in and the database added. */
    List<String> complete(Path caldb, Map<String, Path> outputs) {
        List<String> all = new ArrayList<>();
        for (String w : words) {
            all.add(w.startsWith("@") ? outputs.get(w.substring(1)).toString() : w);
        }
        all.addAll(List.of("--caldb", caldb.toString()));
        return all;
    }

    /** The command that is ready to run. */
    static SxiCommand command(List<String> words) {
        CommandLine.ParseResult r = Tasks.line().parseArgs(words.toArray(String[]::new));
        return (SxiCommand) r.subcommand().commandSpec().userObject();
    }

    /** Words of a step as picocli sees them, with errors that name the recipe. */
    private record SxiCommandLine(Path source, int number, Recipe.Step step) {
        void check() {
            Set<String> known = Tasks.names();
            if (step.task() == null) {
                throw SxiException.usage("step has no task").in(source).column(place()).limit(String.join(", ", known))
                        .todo("add task: NAME").build();
            }
            if (!known.contains(step.task())) {
                throw wrong("recipe names no task of sxi calib that makes a file", step.task(), known);
            }
            if (!NAME.matcher(step.name()).matches()) {
                throw SxiException.usage("name of a step cannot be that of a folder").in(source)
                        .column("step " + number).value(step.name()).limit(NAME.pattern()).todo("give another name")
                        .build();
            }
        }

        void parse(List<String> words) {
            try {
                Tasks.line().parseArgs(words.toArray(String[]::new));
            } catch (CommandLine.UnmatchedArgumentException e) {
                Set<String> known = Tasks.options(step.task());
                known.removeAll(OWN);
                throw wrong("step has an unknown option", e.getUnmatched().getFirst().replaceFirst("^--", ""), known);
            } catch (CommandLine.ParameterException e) {
                throw SxiException.usage("options of a step make no sense").in(source).column(place())
                        .value(e.getMessage()).cause(e).todo("sxi calib " + step.task() + " --help lists them").build();
            }
        }

        SxiException wrong(String what, String value, Set<String> known) {
            return SxiException.usage(what).in(source).column(place()).value(value)
                    .limit(known.isEmpty() ? "none" : String.join(", ", known))
                    .todo(known.isEmpty() ? "correct the recipe" : "did you mean " + Nearest.of(value, known) + "?")
                    .build();
        }

        private String place() {
            return "step " + number + (step.name() == null ? "" : ", " + step.name());
        }
    }
}
