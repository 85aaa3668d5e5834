// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.publish;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.pipeline.caldbcommand.Listing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi calib publish}: a calibration file into a database. */
@Command(name = "publish", description = {"Checks calibration files and adds them to a database: rows of "
        + "the same kind, boundaries and start of validity lose their good quality, files stay.",
    "The old index stays as an edition of its day, caldb.indx is a link to the one in force.",
    "--undo takes the last publication back."})
public final class PublishCommand implements SxiCommand {
    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Calibration files.")
    List<Path> files = new ArrayList<>();
    @Option(names = "--caldb", required = true, paramLabel = "DIR", description = "Calibration database.")
    Path caldb;
    @Option(names = "--dry-run", description = "Checks and says what would be done.")
    boolean dryRun;
    @Option(names = "--undo", description = "Undoes the last publication.")
    boolean undo;

    @Override
    public void run(Console console) {
        if (undo == !files.isEmpty()) {
            throw SxiException.usage(undo ? "--undo takes no files" : "no calibration file given").value(files)
                    .todo(undo ? "leave the files out; the last publication is undone whole" : "give files, or --undo")
                    .build();
        }
        Publisher p = new Publisher(caldb);
        if (undo) {
            List<String> removed = p.undo();
            console.say("undone; taken away: " + (removed.isEmpty() ? "no file" : String.join(", ", removed)));
            return;
        }
        Publisher.Result r = p.publish(files, !dryRun);
        Listing table = new Listing("change", "kind", "file", "extension", "boundaries", "valid_from");
        r.entries().forEach(e -> table.add(dryRun ? "would be added" : "added", e.codeName(), e.file().toString(),
                e.extension(),
                e.boundaries(), e.validFrom()));
        r.superseded().forEach(e -> table.add(dryRun ? "would get quality 5" : "quality 5", e.codeName(), e.file()
                .toString(),
                e.extension(), e.boundaries(), e.validFrom()));
        table.print(console);
        console.say(dryRun ? "nothing was changed" : "index in force: " + r.edition());
    }
}
