// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code sxi check dark}: residual dark of an event list. What it finds is a result, not an error. */
@Command(name = "dark",
        description = "Residual dark from the corner pixels of single-pixel events, by segment, sub-region "
        + "and time.")
final class DarkCheckCommand implements SxiCommand {
    @Parameters(index = "0", paramLabel = "EVT", description =
            "Event list with PHAS_INNER3X3; more events are better, so "
            + "the unfiltered one.")
    Path events;
    @Option(names = "--split", defaultValue = "15", paramLabel = "CHAN",
            description = "Split threshold, 1..128 channels (default: ${DEFAULT-VALUE}).")
    int split;
    @Option(names = "--bin", defaultValue = "0", paramLabel = "SECONDS",
            description = "Time bin; 0 for none (default: ${DEFAULT-VALUE}).")
    double bin;
    @Option(names = "--region", defaultValue = "160", paramLabel = "PIXELS",
            description = "Side of a sub-region, 8..640 pixels (default: ${DEFAULT-VALUE}).")
    int region;
    @Option(names = "--min", defaultValue = "25", paramLabel = "N",
            description = "Fewest events of a cell that is judged (default: ${DEFAULT-VALUE}).")
    int minimum;
    @Option(names = "--estimator", defaultValue = "mean", paramLabel = "mean|median",
            description = "Estimator (default: ${DEFAULT-VALUE}).")
    String estimator;
    @Option(names = "--limit", defaultValue = "0.5", paramLabel = "CHAN",
            description = "Largest residual (default: ${DEFAULT-VALUE}).")
    double limit;

    @Override
    public void run(Console console) {
        require(split >= 1 && split <= 128, "--split", split, "1..128");
        require(region >= 8 && region <= 640, "--region", region, "8..640");
        require(minimum >= 1, "--min", minimum, "1 or more");
        require(bin >= 0 && Double.isFinite(bin), "--bin", bin, "0 or more");
        require(limit >= 0, "--limit", limit, "0 or more");
        require(List.of("mean", "median").contains(estimator), "--estimator", estimator, "mean, median");
        CornerDark.Result r = new CornerDark(new CornerDark.Settings(split, bin, region, minimum,
                estimator.equals("median"), limit)).check(events);
        if (console.json()) {
            console.result(JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(r));
            return;
        }
        console.result("CCD seg    RAWX RAWY            TIME   events  share  residual   error     rms  (chan)");
        r.segments().forEach(c -> line(c, "all", "", console));
        List<CornerDark.Cell> judged = r.cells().stream().filter(c -> !c.verdict().equals("few")).toList();
        List<CornerDark.Cell> out = judged.stream().filter(c -> !c.verdict().equals("ok")).toList();
        out.forEach(c -> line(c, Integer.toString(c.rawX()), Integer.toString(c.rawY()), console));
        console.result(String.format(Locale.ROOT, "%d of %d cells have %d single events or more; %d of them are out of "
                + "%.2f chan by more than 3 errors", judged.size(), r.cells().size(), minimum, out.size(), limit));
    }

    private static void line(CornerDark.Cell c, String x, String y, Console console) {
        console.result(String.format(Locale.ROOT, "%3d %3d    %4s %4s %15.3f %8d  %4.2f  %+8.3f  %6.3f  %6.2f  %s",
                c.ccdId(),
                c.segment(), x, y, c.start(), c.events(), c.share(), c.residual(), c.error(), c.rms(), c.verdict()));
    }

    private static void require(boolean fine, String option, Object value, String limits) {
        if (!fine) {
            throw SxiException.usage(option + " has no legal value").value(value).limit(limits)
                    .todo("give a value in the range").build();
        }
    }
}
