// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.check;

import java.util.List;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sxi check}: its subcommands do the work. */
@Command(name = "check", description = "Checks an event list by itself: the dark.",
        subcommands = DarkCheckCommand.class)
public final class CheckCommand implements SxiCommand {
    @Spec
    CommandSpec spec;

    @Override
    public void run(Console console) {
        throw SxiException.usage("check needs to know what to check")
                .limit(String.join(", ", List.copyOf(spec.subcommands().keySet())))
                .todo("give one of these (sxi check --help)").build();
    }
}
