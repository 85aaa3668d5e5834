// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.Caldb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sxi caldb verify}: is a database whole and usable. */
@Command(name = "verify", description = {"Checks a calibration database row by row: the file is there, its extension"
        + " says what the index says, checksums are right, and the table can be used.", "Exit 4 if anything is wrong."})
public final class VerifyCommand implements SxiCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "DIR",
            description = "Calibration database (default: $CALDB, else the model).")
    Optional<Path> directory = Optional.empty();

    @Override
    public void run(Console console) {
        Caldb caldb = Caldb.open(directory);
        List<CaldbCheck.Finding> findings = new CaldbCheck(caldb).all();
        Listing table = new Listing("row", "kind", "file", "extension", "verdict", "problems", "notes");
        for (CaldbCheck.Finding f : findings) {
            table.add(f.entry().row(), f.entry().codeName(), f.entry().file().toString(), f.entry().extension(),
                    f.problems().isEmpty() ? "good" : "BAD", f.problems(), f.notes());
        }
        table.print(console);
        List<CaldbCheck.Finding> bad = findings.stream().filter(f -> !f.problems().isEmpty()).toList();
        if (!bad.isEmpty()) {
            throw SxiException.calibration("calibration database is not usable").in(caldb.index())
                    .row(bad.getFirst().entry().row())
                    .value(bad.size() + " of " + findings.size() + " rows are bad, the first: "
                            + bad.getFirst().problems().getFirst())
                    .todo("repair the files, or rebuild the index (sxi caldb index)").build();
        }
        console.say(findings.size() + " rows are good: " + caldb.index());
    }
}
