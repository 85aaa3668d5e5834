// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import java.nio.file.Path;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.index.IndexRebuild;
import org.xtendsxi.caldb.provenance.RunClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sxi caldb index}: make the index of a folder anew. */
@Command(name = "index", description = {
    "Makes caldb.indx of a folder anew from the keywords of its files (CCNM, CBD, CVSD).",
    "The old index stays as caldb.indx.old; quality is taken over from it, new files are good."})
public final class IndexCommand implements SxiCommand {
    private static final int DATE = 10;

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder of calibration files.")
    Path directory;

    @Override
    public void run(Console console) {
        IndexRebuild made = IndexRebuild.write(directory, RunClock.fitsDate().substring(0, DATE));
        made.ignored().forEach(f -> console.warn("left out, it has no code name (CCNM0001): " + f));
        console.say(made.entries().size() + " rows");
        console.result(directory.resolve("caldb.indx").toString());
    }
}
