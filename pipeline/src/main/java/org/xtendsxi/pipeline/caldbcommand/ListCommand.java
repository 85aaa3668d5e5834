// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import java.nio.file.Path;
import java.util.Optional;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sxi caldb list}: the rows of the index. */
@Command(name = "list", description = "Shows the rows of the index; quality 0 is good.")
public final class ListCommand implements SxiCommand {
    @Option(names = "--caldb", paramLabel = "DIR",
            description = "Calibration database (default: $CALDB, else the model).")
    Optional<Path> directory = Optional.empty();

    @Override
    public void run(Console console) {
        Caldb caldb = Caldb.open(directory);
        Listing table = new Listing("row", "kind", "file", "extension", "boundaries", "from", "quality", "description");
        for (CaldbEntry e : caldb.entries()) {
            table.add(e.row(), e.codeName(), e.file().toString(), e.extension(), e.boundaries(), e.validFrom(),
                    e.quality(), e.description());
        }
        table.print(console);
        console.say(caldb.entries().size() + " rows in " + caldb.index());
    }
}
