// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.Progress;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.testdata.downlink.Downlink;
import org.xtendsxi.testdata.downlink.Latencies;
import org.xtendsxi.testdata.downlink.LatencyWatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi downlink}: an observation arrives as from the spacecraft. */
@Command(name = "downlink",
        description = "Delivers an observation row by row, as a downlink does, to try sxi quicklook.")
public final class DownlinkCommand implements SxiCommand {
    private static final double CYCLE = 4;
    private static final double MAX_PACE = 1e6;
    private static final double SETTLE = 10;

    @Parameters(index = "0", paramLabel = "OBSERVATION", description = "Observation directory, as of sxi simulate.")
    Path observation;
    @Parameters(index = "1", paramLabel = "OUT", description = "Folder in which it arrives.")
    Path out;
    @Option(names = "--pace", defaultValue = "1", paramLabel = "X",
            description = "Seconds of data per second, 0 for as fast as possible.")
    double pace;
    @Option(names = "--passes", defaultValue = "1", paramLabel = "N",
            description = "Times that the observation comes, each time later by its length.")
    int passes;
    @Option(names = "--follow", paramLabel = "URL",
            description = "Page of sxi quicklook; tells how long each cycle takes to get there.")
    Optional<URI> page = Optional.empty();

    @Override
    public void run(Console console) {
        if (!(pace >= 0 && pace <= MAX_PACE)) {
            throw SxiException.usage("pace is not usable").value(pace).limit("0.." + MAX_PACE)
                    .todo("correct --pace").build();
        }
        if (passes < 1) {
            throw SxiException.usage("number of passes is not usable").value(passes).limit("1 or more")
                    .todo("correct --passes").build();
        }
        Downlink d = new Downlink(observation, out);
        if (page.isEmpty()) {
            tell(console, deliver(d, console, Optional.empty()));
            return;
        }
        try (LatencyWatch w = new LatencyWatch(page.get())) {
            tell(console, deliver(d, console, Optional.of(w)));
            w.settle(SETTLE);
            tell(console, w);
        }
    }

    private Downlink.Summary deliver(Downlink d, Console console, Optional<LatencyWatch> watch) {
        try (Progress bar = console.progress("downlink", (long) (passes * d.span() / CYCLE), "cycles")) {
            return d.run(pace, passes, upTo -> watch.ifPresent(w -> w.delivered(upTo - CYCLE)), bar);
        }
    }

    private static void tell(Console console, Downlink.Summary s) {
        console.result(String.format(Locale.ROOT, "delivered %.0f s of data, %d rows, in %.1f s (%.1f times real time);"
                + " largest lag %.3f s", s.dataSeconds(), s.rows(), s.seconds(), s.dataSeconds() / s.seconds(),
                s.largestLag()));
    }

    private static void tell(Console console, LatencyWatch w) {
        Latencies t = w.latencies();
        if (t.count() == 0) {
            console.warn("the page has told of no cycle");
            return;
        }
        console.result(String.format(Locale.ROOT, "latency from file to page, s: first cycle %.3f, median %.3f, 95 %%"
                + " %.3f, largest %.3f (cycle %d of %d); %d not seen", t.of(1), t.quantile(0.5), t.quantile(0.95),
                t.of(t.slowest()), t.slowest(), t.count(), w.unseen()));
    }
}
