// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.export;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.Nearest;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.ArrowSink;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code sxi export}: a table as Arrow IPC (Feather). Header keywords become metadata of the file, the good time as
 * {@code gti}, pairs of start and stop; a chunk of rows is in memory at a time.
 */
@Command(name = "export", description = "Writes an event list as an Arrow IPC file (Feather) for pyarrow, pandas, polars.")
public final class ExportCommand implements SxiCommand {
    private static final int CHUNK_ROWS = 1 << 16;

    @Parameters(index = "0", paramLabel = "EVT", description = "Event file, plain or gzipped.")
    Path events;
    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Arrow file, such as events.arrow.")
    Path out;
    @Option(names = "--columns", paramLabel = "LIST", description = "Columns, joined by commas (default: all).")
    Optional<String> columns = Optional.empty();
    @Option(names = "--extension", paramLabel = "NAME", defaultValue = "EVENTS", description = "Table (default: EVENTS).")
    String extension;

    @Override
    public void run(Console console) {
        try (FitsReader file = FitsReader.open(events)) {
            Hdu table = file.need(extension);
            EventSchema schema = schema(new EventSchema(table.columns()));
            try (TableReader rows = file.table(table, CHUNK_ROWS);
                    ArrowSink sink = ArrowSink.create(out, schema, metadata(file, table.keywords()))) {
                for (Optional<EventChunk> c = rows.next(); c.isPresent(); c = rows.next()) {
                    try (EventChunk chunk = c.get()) {
                        sink.accept(chunk);
                    }
                }
                sink.commit();
            }
            console.say(table.rows() + " rows of " + schema.columns().size() + " columns");
            console.result(out.toString());
        }
    }

    private EventSchema schema(EventSchema all) {
        if (columns.isEmpty()) {
            return all;
        }
        List<String> names = all.columns().stream().map(Column::name).toList();
        return new EventSchema(Arrays.stream(columns.get().split(",")).map(String::strip).map(n -> all.find(n).orElseThrow(
                () -> SxiException.usage("table has no such column").in(events).hdu(extension).value(n)
                        .todo("did you mean " + Nearest.of(n, names) + "?").build())).toList());
    }

    private static Map<String, String> metadata(FitsReader file, Keywords header) {
        Map<String, String> all = new LinkedHashMap<>();
        Keywords k = header.observation().withoutCommentary();
        k.names().forEach(n -> all.put(n, k.text(n).orElse("")));
        GtiTable.find(file).ifPresent(h -> all.put("gti", GtiTable.read(file, h).intervals().stream()
                .map(g -> "[" + g.start() + ", " + g.stop() + "]").collect(Collectors.joining(", ", "[", "]"))));
        return all;
    }
}
