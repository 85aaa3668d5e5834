// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.xtendsxi.caldb.error.Nearest;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.Task;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Parses the {@code name=value} words of a HEASoft task and calls it. */
final class TaskCommand {
    private static final Set<String> COMMON = Set.of("compat", "clobber", "logfile", "history", "chatter", "mode",
            "debug", "buffer", "cleanup");

    private final Task task;
    private final String name;
    /** Words as the command line has parsed them; made with it, since a task with plain words does without. */
    private Optional<PositionalParamSpec> words = Optional.empty();

    TaskCommand(Task task, String name) {
        this.task = task;
        this.name = name;
    }

    CommandLine commandLine() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
        PositionalParamSpec positional = PositionalParamSpec.builder().paramLabel("name=value").arity("0..*")
                .type(String[].class).description("Parameters as for the task of HEASoft.").build();
        words = Optional.of(positional);
        spec.name(name).addPositional(positional).mixinStandardHelpOptions(true);
        spec.usageMessage().description(task.summary(), "", "Parameters:")
                .footer(task.parameters().stream().map(TaskCommand::describe).toArray(String[]::new));
        return new CommandLine(spec);
    }

    private static String describe(Parameter p) {
        String value = p.defaultValue().isEmpty() ? "required" : p.defaultValue();
        return String.format("  %-16s %s [%s] %s", p.name(), value, p.range(), p.text()).replace("%", "%%");
    }

    /** Words of the command line. */
    String[] given() {
        return words.map(w -> w.<String[]>getValue()).orElseGet(() -> new String[0]);
    }

    void run(String[] given, TerminalConsole console) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : given) {
            int at = word.indexOf('=');
            if (at < 1) {
                throw SxiException.usage(name + ": parameters are given as name=value").value(word)
                        .todo("write the name of the parameter (sxi " + name + " --help)").build();
            }
            String key = word.substring(0, at).strip();
            if (values.put(key, word.substring(at + 1)) != null) {
                throw SxiException.usage(name + ": parameter given twice").value(key).todo("give it once").build();
            }
        }
        Map<String, String> common = new LinkedHashMap<>();
        Map<String, String> own = new LinkedHashMap<>();
        values.forEach((key, value) -> sort(key, value, common, own, console));
        call(common, own, console);
    }

    private void sort(String key, String value, Map<String, String> common, Map<String, String> own,
            TerminalConsole console) {
        if (task.parameters().stream().anyMatch(p -> p.name().equals(key))) {
            own.put(key, value);
        } else if (COMMON.contains(key)) {
            common.put(key, value);
        } else if (task.accepted().contains(key)) {
            console.explain(name + ": parameter " + key + "=" + value + " is not needed here");
        } else {
            Set<String> known = new TreeSet<>(task.accepted());
            known.addAll(COMMON);
            task.parameters().forEach(p -> known.add(p.name()));
            throw SxiException.usage(name + ": no parameter " + key)
                    .todo("did you mean " + Nearest.of(key, known) + "? (sxi " + name + " --help)").build();
        }
    }

    private void call(Map<String, String> common, Map<String, String> own, TerminalConsole console) {
        List<String> missing = new ArrayList<>();
        for (Parameter p : task.parameters()) {
            if (p.defaultValue().isEmpty() && !own.containsKey(p.name())) {
                missing.add(p.name());
            }
        }
        if (!missing.isEmpty()) {
            throw SxiException.usage(name + ": parameters are missing").value(String.join(", ", missing))
                    .todo("give them as name=value").build();
        }
        Compat compat = common.containsKey("compat") ? Compat.of(common.get("compat")).orElseThrow(
                () -> SxiException.usage(name + ": no such behaviour").value(common.get("compat"))
                        .limit(Compat.WORDS).todo("give compat=strict or compat=heasoft-6.20").build())
                : task.defaultCompat(name);
        Parameters values = Parameters.of(name, task.parameters(), own);
        task.run(new Task.TaskCall(name, values, compat, yes(common, "clobber", false), yes(common, "history", true)),
                console);
        String log = common.getOrDefault("logfile", "NONE").replaceFirst("^!", "");
        if (!log.equalsIgnoreCase("NONE") && !log.isBlank()) {
            writeLog(Path.of(log), values, compat);
        }
    }

    private void writeLog(Path log, Parameters values, Compat compat) {
        StringBuilder b = new StringBuilder(name + " compat=" + compat.word() + "\n");
        values.all().forEach((k, v) -> b.append(k).append('=').append(v).append('\n'));
        try {
            Files.writeString(log, b, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw SxiException.output("log cannot be written").in(log).value(e.getMessage()).cause(e)
                    .todo("give another logfile or NONE").build();
        }
    }

    private static boolean yes(Map<String, String> values, String key, boolean otherwise) {
        return Parameter.yesNo(key, otherwise, "").check("task", values.getOrDefault(key, otherwise ? "yes" : "no"))
                .equals("yes");
    }
}
