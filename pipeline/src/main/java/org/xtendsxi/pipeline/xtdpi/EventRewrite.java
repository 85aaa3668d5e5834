// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.RawRows;
import org.xtendsxi.caldb.fits.RowRewrite;
import org.xtendsxi.caldb.fits.TableReader;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.pipeline.stage.Ordered;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.task.Task;

/** A copy of an event file with columns of its EVENTS table made anew; all other extensions are carried over. */
final class EventRewrite {
    private static final String EVENTS = "EVENTS";
    private static final int CHUNK_ROWS = 4096;
    private static final int MAX_THREADS = 4;
    /** Parameter of all tasks that rewrite events; not in HISTORY, since it changes nothing. */
    static final Parameter THREADS = Parameter.integer("threads", "", 0, 256, 0,
            "worker threads, 0 for those of the machine; the result is the same");
    private static final List<String> INSTRUMENTS = List.of("SXI", "XTEND");

    private final FitsReader in;
    private final Hdu events;
    private final int threads;
    /** Memory of rows that are written, for rows to be read. */
    private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

    private EventRewrite(FitsReader in, Hdu events, int threads) {
        this.in = in;
        this.events = events;
        this.threads = threads;
    }

    /** What a task does to the events. */
    interface Work<T> {
        /** Columns of the output. */
        EventSchema schema(EventSchema in);

        /** Columns that the work reads. */
        List<Column> reads();

        /** Names of the columns that the work writes. */
        Set<String> writes();

        /** First part, in the order of the file on one thread. */
        T start(EventChunk chunk);

        /** Second part, on any thread. */
        EventChunk finish(T started);
    }

    /** Opens the input, hands its header over and writes the output. */
    static <T> void run(Task.TaskCall call, Function<Keywords, Work<T>> work) {
        TableSource source = TableSource.parse(call.values().text("infile"));
        Path outfile = call.output("outfile");
        int wanted = call.values().integer(THREADS.name());
        int threads = wanted > 0 ? wanted : Math.min(MAX_THREADS, Host.processors());
        try (FitsReader in = FitsReader.open(source.path())) {
            Hdu events = in.need(EVENTS);
            Keywords k = events.keywords();
            String instrument = k.needText("INSTRUME").strip();
            if (!INSTRUMENTS.contains(instrument)) {
                throw k.at(SxiException.data("events are of another instrument"), "INSTRUME").value(instrument)
                        .limit("SXI or XTEND").todo("give an event file of this instrument").build();
            }
            if (events.rows() == 0) {
                throw SxiException.data("event file has no rows").in(source.path()).hdu(EVENTS)
                        .todo("give an event file with events").build();
            }
            Work<T> ready = work.apply(k);
            SxiException.locate(source.path(),
                    () -> new EventRewrite(in, events, threads).write(outfile, Histories.of(call), ready));
        }
    }

    private <T> void write(Path outfile, String history, Work<T> work) {
        try (FitsWriter out = FitsWriter.create(outfile)) {
            for (Hdu h : in.hdus()) {
                Keywords k = h.keywords().copy();
                if (h.index() == events.index()) {
                    if (!history.isEmpty()) {
                        k.addHistory(history);
                    }
                    writeEvents(out, k, work);
                } else if (h.kind() == Hdu.Kind.TABLE) {
                    try (EventChunk rows = in.whole(h)) {
                        out.table(h.name(), rows, k);
                    }
                } else if (h.axes().isEmpty()) {
                    out.primary(k);
                } else {
                    out.image(h.index() == 0 ? "" : h.name(), Image.read(in, h), k);
                }
            }
            out.commit();
        }
    }

    private <T> void writeEvents(FitsWriter out, Keywords k, Work<T> work) {
        EventSchema schema = work.schema(new EventSchema(events.columns()));
        work.reads().forEach(this::checkLength);
        RowRewrite rewrite = new RowRewrite(new EventSchema(events.columns()), schema,
                work.reads().stream().map(Column::name).collect(Collectors.toSet()), work.writes());
        try (TableReader rows = in.table(events, CHUNK_ROWS); TableWriter table = out.table(EVENTS, schema, k)) {
            Supplier<Optional<Piece<T>>> source =
                    () -> rows.nextRaw(memory()).map(raw -> new Piece<>(raw, work.start(rewrite.decode(raw))));
            Ordered.run(threads, source, piece -> {
                try (EventChunk done = work.finish(piece.started)) {
                    return new RawRows(piece.raw.first(), piece.raw.count(), rewrite.encode(piece.raw, done));
                }
            }, done -> {
                table.acceptRows(done.bytes(), done.count());
                spare.add(done.bytes());
            });
            table.finish();
        }
    }

    private void checkLength(Column wanted) {
        new EventSchema(events.columns()).find(wanted.name()).filter(c -> c.width() != wanted.width()).ifPresent(c -> {
            throw SxiException.data("column has another length").in(in.path()).hdu(EVENTS).column(c.name())
                    .value(c.format()).limit(wanted.format())
                    .todo("write the column with the format of the event file").build();
        });
    }

    private byte[] memory() {
        byte[] some = spare.poll();
        return some == null ? new byte[0] : some;
    }

    /** Rows on their way. */
    private record Piece<T>(RawRows raw, T started) {
    }

    /** A schema without some columns. */
    static EventSchema without(EventSchema schema, List<Column> columns) {
        return new EventSchema(schema.columns().stream()
                .filter(c -> columns.stream().noneMatch(d -> d.name().equalsIgnoreCase(c.name()))).toList());
    }
}
