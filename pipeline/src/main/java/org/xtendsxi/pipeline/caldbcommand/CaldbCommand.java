// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import java.util.List;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sxi caldb}: its subcommands do the work. */
@Command(name = "caldb", description = "Look into a calibration database, check it, index it, or make the model.",
        subcommands = {ListCommand.class, QueryCommand.class, VerifyCommand.class, IndexCommand.class,
            ModelCommand.class})
public final class CaldbCommand implements SxiCommand {
    @Spec
    CommandSpec spec;

    @Override
    public void run(Console console) {
        throw SxiException.usage("caldb needs to know what to do")
                .limit(String.join(", ", List.copyOf(spec.subcommands().keySet())))
                .todo("give one of these (sxi caldb --help)").build();
    }
}
