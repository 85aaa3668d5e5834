// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grouping;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.pipeline.task.TableEdit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi group}: bins of a spectrum, and the files that belong to it. */
@Command(name = "group", description = "Joins the channels of a spectrum into bins and links response and background.")
public final class GroupCommand implements SxiCommand {
    private static final String NONE = "none";

    @Parameters(index = "0", paramLabel = "SPECTRUM", description = "OGIP spectrum, plain or gzipped.")
    Path spectrum;
    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Grouped spectrum.")
    Path out;
    @Option(names = "--group", paramLabel = "RULE", defaultValue = "none", description = "none, min:COUNTS, optimal or "
            + "optimal:COUNTS; optimal bins are as wide as resolution and counts deserve (Kaastra and Bleeker 2016).")
    String rule;
    @Option(names = "--pi", paramLabel = "LO:HI", description = "Channels to bin; those outside become bad.")
    Optional<String> pi = Optional.empty();
    @Option(names = "--rmf", paramLabel = "FILE", description = "Response, also for RESPFILE (default: RESPFILE).")
    Optional<Path> response = Optional.empty();
    @Option(names = "--arf", paramLabel = "FILE", description = "Effective area, for ANCRFILE.")
    Optional<Path> ancillary = Optional.empty();
    @Option(names = "--background", paramLabel = "FILE", description = "Background spectrum, for BACKFILE.")
    Optional<Path> background = Optional.empty();

    @Override
    public void run(Console console) {
        try (FitsReader in = FitsReader.open(spectrum)) {
            Hdu table = in.need("SPECTRUM");
            Keywords k = table.keywords().copy();
            response.ifPresent(f -> k.set("RESPFILE", name(f), "redistribution matrix"));
            ancillary.ifPresent(f -> k.set("ANCRFILE", name(f), "effective area"));
            background.ifPresent(f -> k.set("BACKFILE", name(f), "background"));
            EventSchema schema = new EventSchema(table.columns());
            Optional<Grouping> groups = group(in, table, k);
            if (groups.isEmpty()) {
                TableEdit.copy(in, table, out, schema, k, chunk -> { });
            } else {
                k.remove("GROUPING").remove("QUALITY");
                k.addHistory("sxi group: " + rule + pi.map(p -> ", channels " + p).orElse(""));
                TableEdit.copy(in, table, out, schema.with(GroupColumns.ALL), k,
                        chunk -> GroupColumns.fill(chunk, groups.get()));
                console.say(String.format("%d bins of %d channels", groups.get().bins(), table.rows()));
            }
            console.result(out.toString());
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private Optional<Grouping> group(FitsReader in, Hdu table, Keywords k) {
        try (EventChunk t = in.whole(table)) {
            return GroupRule.parse(rule).apply(t.longs("COUNTS"), range(t.ints("CHANNEL")), () -> matrix(k));
        }
    }

    /** Rows of the channels wanted. */
    private int[] range(int[] channel) {
        if (pi.isEmpty()) {
            return new int[] {0, channel.length - 1};
        }
        String[] parts = pi.get().split(":");
        OptionalInt low = parts.length == 2 ? row(channel, parts[0]) : OptionalInt.empty();
        OptionalInt high = parts.length == 2 ? row(channel, parts[1]) : OptionalInt.empty();
        if (low.isEmpty() || high.isEmpty() || low.getAsInt() > high.getAsInt()) {
            throw SxiException.usage("--pi is not a range of channels").value(pi.get())
                    .limit(channel[0] + ":" + channel[channel.length - 1]).todo("give two channels of the spectrum").build();
        }
        return new int[] {low.getAsInt(), high.getAsInt()};
    }

    private static OptionalInt row(int[] channel, String word) {
        for (int i = 0; i < channel.length; i++) {
            if (Integer.toString(channel[i]).equals(word.strip())) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private Path matrix(Keywords k) {
        String linked = k.text("RESPFILE").map(String::strip).orElse(NONE);
        if (response.isEmpty() && (linked.isEmpty() || linked.equalsIgnoreCase(NONE))) {
            throw SxiException.usage("optimal bins need the response").in(spectrum).column("RESPFILE").value(linked)
                    .todo("give --rmf FILE").build();
        }
        return response.orElseGet(() -> spectrum.resolveSibling(linked));
    }
}
