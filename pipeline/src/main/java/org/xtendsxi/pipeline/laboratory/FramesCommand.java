// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.laboratory;

import java.util.List;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sxi frames}: its subcommands do the work. */
@Command(name = "frames", description = "Makes frames of the pipeline out of other images.",
        subcommands = ImportCommand.class)
public final class FramesCommand implements SxiCommand {
    @Spec
    CommandSpec spec;

    @Override
    public void run(Console console) {
        throw SxiException.usage("frames needs to know what to do")
                .limit(String.join(", ", List.copyOf(spec.subcommands().keySet())))
                .todo("give one of these (sxi frames --help)").build();
    }
}
