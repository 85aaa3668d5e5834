// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import java.nio.file.Path;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.model.ModelCaldb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sxi caldb model}: write the model database. */
@Command(name = "model", description = "Writes the model database (not flight calibration); always the same bytes.")
public final class ModelCommand implements SxiCommand {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where it goes.")
    Path out;

    @Override
    public void run(Console console) {
        ModelCaldb.write(out);
        console.result(out.toString());
    }
}
