// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.time.MissionTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi caldb query}: the file that a run would take. */
@Command(name = "query", description = "Prints the file, the extension and the row of the index that data would get.")
public final class QueryCommand implements SxiCommand {
    @Parameters(index = "0", paramLabel = "KIND", description = "Code name such as GAIN, or the word of the file name.")
    String kind;
    @Option(names = "--date", paramLabel = "DATE",
            description = "YYYY-MM-DD[Thh:mm:ss] of the data (default: the first good row, whatever its age).")
    Optional<String> date = Optional.empty();
    @Option(names = "--mode", paramLabel = "MODE", description = "DATAMODE, such as WINDOW1.")
    Optional<String> mode = Optional.empty();
    @Option(names = "--ci", paramLabel = "0|1", description = "CISTATUS, 1 with charge injection.")
    Optional<String> injection = Optional.empty();
    @Option(names = "--caldb", paramLabel = "DIR",
            description = "Calibration database (default: $CALDB, else the model).")
    Optional<Path> directory = Optional.empty();

    @Override
    public void run(Console console) {
        CaldbKind wanted = CaldbKind.of(kind).orElseThrow(() -> SxiException.usage("no such kind of calibration")
                .value(kind).limit(Arrays.toString(CaldbKind.values())).todo("give one of these").build());
        CaldbQuery query = new CaldbQuery(wanted, "XRISM", wanted.instrument("XTEND"), mjd(), expression(wanted));
        Caldb caldb = Caldb.open(directory);
        CaldbEntry e = caldb.select(query);
        console.explain(query.text() + " in " + caldb.index());
        Listing table = new Listing("file", "extension", "row");
        table.add(caldb.file(e).toString(), e.extension(), e.row());
        table.print(console);
    }

    private OptionalDouble mjd() {
        if (date.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(MissionTime.XRISM.mjd(MissionTime.XRISM.ofCalendar(date.get())));
        } catch (DateTimeException e) {
            throw SxiException.usage("--date is not a date").value(date.get())
                    .limit("YYYY-MM-DD or YYYY-MM-DDThh:mm:ss").todo("correct it").cause(e).build();
        }
    }

    /** Boundaries count for the kinds that have one extension per mode and charge injection, and for no others. */
    private String expression(CaldbKind wanted) {
        List<String> terms = new ArrayList<>();
        mode.ifPresent(word -> terms.add("DATAMODE.eq." + DataMode.of(word).or(() -> DataMode.ofUserName(word))
                .orElseThrow(() -> SxiException.usage("--mode is not known").value(word)
                        .limit(Arrays.toString(DataMode.values())).todo("give one of these").build())
                .calibrationClass()));
        injection.ifPresent(word -> {
            if (!word.equals("0") && !word.equals("1")) {
                throw SxiException.usage("--ci is not a charge-injection state").value(word).limit("0 or 1")
                        .todo("correct it").build();
            }
            terms.add("CISTATUS.eq." + word);
        });
        return wanted.perMode() ? String.join(".and.", terms) : "";
    }
}
