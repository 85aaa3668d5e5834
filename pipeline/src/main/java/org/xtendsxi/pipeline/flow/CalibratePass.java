// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.Progress;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.RawRows;
import org.xtendsxi.caldb.fits.RowRewrite;
import org.xtendsxi.caldb.fits.TableReader;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.stage.EventStep;
import org.xtendsxi.pipeline.stage.Ordered;

/**
 * Second pass: raw events to calibrated events. The file is written anew with every column that the stages write; raw
 * columns and columns that no stage knows pass unchanged as bytes, so the pass may be repeated on its own output.
 */
final class CalibratePass {
    /** Rows at a time; a multiple of 4, so that a cut never parts a word of the checksum. */
    static final int CHUNK_ROWS = 8192;

    private final int threads;
    private final Console console;

    CalibratePass(int threads, Console console) {
        this.threads = threads;
        this.console = console;
    }

    /**
     * A stage at work.
     *
     * @param columns columns it writes or describes, in the form of this run
     * @param reads names of the columns it reads
     * @param writes names of the columns it writes
     * @param fresh names of those that start null, whatever the input held
     * @param step what it does
     */
    record Step(List<Column> columns, Set<String> reads, Set<String> writes, Set<String> fresh, EventStep step) {
    }

    /**
     * A second look at all events, for what is known only when all have been seen.
     *
     * @param steps what it does
     * @param history line that says so
     */
    record SecondLook(List<Step> steps, String history) {
    }

    /**
     * What a pass does.
     *
     * @param pass its name; lines of HISTORY that it left before are replaced
     * @param steps stages in order
     * @param history lines that say what was done, at most 50 characters each
     * @param watch sees every chunk in order, after the steps
     * @param second asked for when all events were seen
     */
    record Work(Flow.Pass pass, List<Step> steps, List<String> history, Consumer<EventChunk> watch,
            Supplier<Optional<SecondLook>> second) {
    }

    /**
     * Runs.
     *
     * @param in event file with raw columns
     * @param out event file to write; may be the same
     * @param gti good time
     * @param header keywords set in the header, over those of the input
     * @param work what to do
     * @return number of events
     */
    long run(Path in, Path out, GtiList gti, Keywords header, Work work) {
        try (FitsReader file = FitsReader.open(in); FitsWriter w = FitsWriter.create(out)) {
            Hdu events = file.need("EVENTS");
            EventSchema raw = new EventSchema(events.columns());
            Map<String, Column> columns = new LinkedHashMap<>();
            work.steps().forEach(s -> s.columns().forEach(c -> columns.putIfAbsent(c.name(), c)));
            EventSchema kept = raw.with(List.copyOf(columns.values()));
            Keywords k = events.keywords().observation();
            k.takeAll(header);
            Keywords primary = k.withoutCommentary();
            primary.remove("HDUCLASS").remove("HDUCLAS1");
            w.primary(primary);
            for (Flow.Pass p : Flow.Pass.values()) {
                if (p.ordinal() >= work.pass().ordinal()) {
                    k.dropHistory(mark(p));
                }
            }
            work.history().forEach(line -> k.addHistory(mark(work.pass()) + line));
            try (TableReader source = file.table(events, CHUNK_ROWS); TableWriter t = w.table("EVENTS", kept, k)) {
                sweep(work.pass().id(), events.rows(), source::nextRange, source::read, rewrite(raw, kept, work.steps()),
                        work.steps(), work.watch(), p -> t.acceptRows(p.rows().bytes(), p.rows().count(), p.sum()));
                work.second().get().ifPresent(look -> {
                    t.keywords().addHistory(mark(Flow.Pass.FLICKER) + look.history());
                    TableWriter.Revision again = t.revise(CHUNK_ROWS);
                    sweep(Flow.Pass.FLICKER.id(), t.rows(), again::nextRange, again::read,
                            rewrite(kept, kept, look.steps()), look.steps(), chunk -> { },
                            p -> again.put(p.rows(), p.sum()));
                });
                t.finish();
                GtiTable.write(w, "GTI", gti, primary);
                w.commit();
                return t.rows();
            }
        }
    }

    private static RowRewrite rewrite(EventSchema in, EventSchema out, List<Step> steps) {
        Set<String> reads = new LinkedHashSet<>();
        Set<String> writes = new LinkedHashSet<>();
        Set<String> fresh = new LinkedHashSet<>();
        steps.forEach(s -> {
            reads.addAll(s.reads());
            writes.addAll(s.writes());
            fresh.addAll(s.fresh());
        });
        return new RowRewrite(in, out, reads, writes, fresh);
    }

    /** Rows with their sum and columns, on their way. */
    private record Piece(RawRows rows, long sum, EventChunk chunk) {
    }

    private void sweep(String name, long rows, Supplier<Optional<TableReader.Range>> source,
            Function<TableReader.Range, RawRows> read, RowRewrite rewrite, List<Step> steps, Consumer<EventChunk> watch,
            Consumer<Piece> sink) {
        try (Progress bar = console.progress(name, rows, "events")) {
            Ordered.run(threads, source, range -> {
                RawRows raw = read.apply(range);
                EventChunk chunk = rewrite.decode(raw);
                steps.forEach(s -> s.step().process(chunk));
                bar.advance(chunk.rows());
                byte[] out = rewrite.encode(raw, chunk);
                return new Piece(new RawRows(raw.first(), raw.count(), out), TableWriter.sum(out), chunk);
            }, piece -> {
                try (EventChunk chunk = piece.chunk()) {
                    watch.accept(chunk);
                    sink.accept(piece);
                }
            });
        }
    }

    private static String mark(Flow.Pass pass) {
        return "sxi " + pass.id() + ": ";
    }

    /** Names of columns. */
    static Set<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.toUnmodifiableSet());
    }
}
