// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.recipe;

import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.xtendsxi.caldb.command.SxiCommand;
import picocli.CommandLine;

/** Tasks of {@code sxi calib}, found as the command line finds them. */
final class Tasks {
    private static final String GROUP = "calib";
    /** An option that every task has which makes a calibration file. */
    private static final String MAKES_A_FILE = "--file-version";

    private Tasks() {
    }

    /** A fresh command line of {@code sxi calib}. */
    static CommandLine line() {
        return ServiceLoader.load(SxiCommand.class).stream().map(p -> new CommandLine(p.get()).setExpandAtFiles(false))
                .filter(c -> c.getCommandName().equals(GROUP)).findFirst().orElseThrow();
    }

    /** Names of the tasks that make a calibration file. */
    static Set<String> names() {
        Set<String> out = new TreeSet<>();
        line().getSubcommands().forEach((name, c) -> {
            if (c.getCommandSpec().findOption(MAKES_A_FILE) != null) {
                out.add(name);
            }
        });
        return out;
    }

    /** Options of a task, without {@code --}. */
    static Set<String> options(String task) {
        Set<String> out = new TreeSet<>();
        line().getSubcommands().get(task).getCommandSpec().options().forEach(o ->
                out.add(o.longestName().replaceFirst("^--", "")));
        return out;
    }
}
