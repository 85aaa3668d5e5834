// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.explain;

import java.nio.file.Path;
import java.util.Optional;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.fits.FitsReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code sxi explain}: how one event got its grade, energy and verdict. */
@Command(name = "explain", description = "Explains one event of an unfiltered event file, step by step.")
public final class ExplainCommand implements SxiCommand {
    @Parameters(index = "0", paramLabel = "EVT", description = "Unfiltered event file that sxi run wrote.")
    Path events;
    @Option(names = "--row", required = true, paramLabel = "N", description = "Row of EVENTS, from 1.")
    long row;
    @Option(names = "--caldb", paramLabel = "DIR",
            description = "Calibration database (default: that of the run, $CALDB, else the model).")
    Optional<Path> caldb = Optional.empty();

    @Override
    public void run(Console console) {
        try (FitsReader file = FitsReader.open(events)) {
            Explanation e = new Explainer(file, caldb).explain(row);
            if (console.json()) {
                console.result(JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(e));
            } else {
                new ExplainText(e).lines().forEach(console::result);
            }
        }
    }
}
