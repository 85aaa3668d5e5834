// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.diff;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code sxi diff}: what differs between two runs, and why. A difference is a result, not an error. */
@Command(name = "diff",
        description = "Compares two output directories or two event files: rows, keywords, and the cause.")
public final class DiffCommand implements SxiCommand {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Parameters(index = "0", paramLabel = "A", description = "Output directory or file.")
    Path a;
    @Parameters(index = "1", paramLabel = "B", description = "Output directory or file to compare with it.")
    Path b;

    @Override
    public void run(Console console) {
        Differences d = RunDiff.of(a, b);
        if (console.json()) {
            console.result(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(d));
            return;
        }
        console.result("A  " + d.a());
        console.result("B  " + d.b());
        console.result("");
        for (Differences.File f : d.files()) {
            console.result(f.name() + (f.what().isEmpty() ? "" : ": " + f.what()));
            f.units().forEach(u -> unit(u, console));
        }
        console.result(d.none() ? d.compared() + " files compared, no difference"
                : d.compared() + " files compared, " + d.files().size() + " differ");
        cause(d, console);
    }

    private static void unit(Differences.Unit u, Console console) {
        console.result("  [" + u.name() + "]" + (u.what().isEmpty() ? "" : " " + u.what()));
        int width = width(u.columns(), Differences.Column::name);
        for (Differences.Column c : u.columns()) {
            if (c.rows() == 0) {
                console.result(String.format("    %-" + width + "s  %s", c.name(), c.what()));
                continue;
            }
            long of = Math.max(1, Math.min(u.rowsA(), u.rowsB()));
            String largest = c.largest().isPresent() ? String.format("  largest %+.6g", c.largest().getAsDouble()) : "";
            console.result(String.format("    %-" + width + "s  %,11d of %,d (%.1f %%), first %,d%s%s", c.name(),
                    c.rows(), of, 100.0 * c.rows() / of, c.firstRow(), largest,
                    c.what().isEmpty() ? "" : "  " + c.what()));
        }
        values(u.keywords(), "    ", console);
    }

    private static void cause(Differences d, Console console) {
        if (!d.recorded()) {
            console.result("cause: not known, log/run.json is missing on one side or both");
        } else if (!d.causes().isEmpty()) {
            console.result("");
            console.result("the records of the runs differ in");
            values(d.causes(), "  ", console);
        } else if (!d.none()) {
            console.result("cause: not recorded; software, parameters and calibration are the same");
        }
    }

    private static void values(List<Differences.Value> all, String indent, Console console) {
        int width = width(all, Differences.Value::name);
        all.forEach(v -> console.result(
                String.format("%s%-" + width + "s  %s -> %s", indent, v.name(), v.a(), v.b())));
    }

    private static <T> int width(List<T> all, Function<T, String> name) {
        return all.stream().mapToInt(x -> name.apply(x).length()).max().orElse(1);
    }
}
