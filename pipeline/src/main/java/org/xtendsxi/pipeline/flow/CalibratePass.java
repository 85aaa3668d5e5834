// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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
import org.xtendsxi.pipeline.stage.Together;

/**
 * Second pass: raw events to calibrated events. The file is written anew with every column that the stages write; raw
 * columns and columns that no stage knows pass unchanged as bytes, so the pass may be repeated on its own output.
 */
final class CalibratePass {
    /** Rows at a time; a multiple of 4, so that a cut never parts a word of the checksum. */
    static final int CHUNK_ROWS = 2048;
    /** Cuts a line where its card of HISTORY is full. */
    private static final Pattern CARD = Pattern.compile("(?<=\\G.{50})");

    private final int threads;
    private final Console console;
    private final StageTimes times = new StageTimes();

    CalibratePass(int threads, Console console) {
        this.threads = threads;
        this.console = console;
    }

    /**
     * A stage at work.
     *
     * @param stage what it is called in the record
     * @param columns columns it writes or describes, in the form of this run
     * @param reads names of the columns it reads
     * @param writes names of the columns it writes
     * @param fresh names of those that start null, whatever the input held
     * @param step what it does
     */
    record Step(String stage, List<Column> columns, Set<String> reads, Set<String> writes, Set<String> fresh,
            EventStep step) {
    }

    /**
     * A second look at all events, for what is known only when all have been seen.
     *
     * @param steps what it does
     * @param history line that says so
     * @param tap what else is made of the rows as they now are, opened with their columns and header
     */
    record SecondLook(List<Step> steps, String history, BiFunction<EventSchema, Keywords,
            Optional<? extends Tap>> tap) {
    }

    /** Seconds of work by stage of a pass that was part of this one. */
    Map<String, Double> work(Flow.Pass pass) {
        return times.seconds(pass);
    }

    /** Sees the rows of a sweep in the form in which they are written, and makes something of them. */
    interface Tap extends AutoCloseable {
        /** What it takes of some rows; several threads may ask at once. */
        RawRows take(RawRows rows);

        /** Takes that, in order. */
        void accept(RawRows taken);

        /** Makes what else needs no finished file; done while files are synced. */
        void prepare();

        /** Ends what it makes. */
        void commit();

        @Override
        void close();
    }

    /**
     * What a pass does.
     *
     * @param pass its name; lines of HISTORY that it left before are replaced
     * @param steps stages in order
     * @param history lines that say what was done
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
            work.history().stream().flatMap(CARD::splitAsStream)
                    .forEach(line -> k.addHistory(mark(work.pass()) + line));
            try (TableReader source = file.table(events, CHUNK_ROWS); TableWriter t = w.table("EVENTS", kept, k)) {
                sweep(new Sweep(work.pass(), events.rows(), source::nextRange, source::read,
                        rewrite(raw, kept, work.steps()),
                        work.steps()), Optional.empty(), p -> {
                            times.of(Flow.Pass.FLICKER, "searches", () -> work.watch().accept(p.chunk()));
                            times.of(work.pass(), "writing",
                                    () -> t.acceptRows(p.rows().bytes(), p.rows().count(), p.sum()));
                        });
                Optional<? extends Tap> tap = times.of(Flow.Pass.FLICKER, "searches", work.second())
                        .flatMap(look -> again(look, t, kept));
                try {
                    t.finish();
                    GtiTable.write(w, "GTI", gti, primary);
                    tap.ifPresentOrElse(other -> Together.all(2, List.of(done(() -> {
                        w.commit();
                        other.commit();
                    }), done(other::prepare))), w::commit);
                } finally {
                    tap.ifPresent(Tap::close);
                }
                return t.rows();
            }
        }
    }

    private static Callable<Boolean> done(Runnable work) {
        return Executors.callable(work, true);
    }

    private Optional<? extends Tap> again(SecondLook look, TableWriter t, EventSchema kept) {
        t.keywords().addHistory(mark(Flow.Pass.FLICKER) + look.history());
        Optional<? extends Tap> tap = look.tap().apply(kept, t.keywords());
        try {
            TableWriter.Revision rows = t.revise(CHUNK_ROWS);
            sweep(new Sweep(Flow.Pass.FLICKER, t.rows(), rows::nextRange, rows::read, rewrite(kept, kept, look.steps()),
                    look.steps()), tap,
                    p -> times.of(Flow.Pass.FLICKER, "writing", () -> rows.put(p.rows(), p.sum())));
            return tap;
        } catch (RuntimeException e) {
            tap.ifPresent(Tap::close);
            throw e;
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

    /** Where the rows of a sweep come from and what is done to them. */
    private record Sweep(Flow.Pass pass, long rows, Supplier<Optional<TableReader.Range>> source,
            Function<TableReader.Range, RawRows> read, RowRewrite rewrite, List<Step> steps) {
        Piece work(TableReader.Range range, Optional<? extends Tap> tap, StageTimes times) {
            RawRows raw = times.of(pass, "reading", () -> read.apply(range));
            EventChunk chunk = times.of(pass, "reading", () -> rewrite.decode(raw));
            steps.forEach(s -> times.of(pass, s.stage(), () -> s.step().process(chunk)));
            RawRows out = times.of(pass, "writing",
                    () -> new RawRows(raw.first(), raw.count(), rewrite.encode(raw, chunk)));
            long sum = times.of(pass, "writing", () -> TableWriter.sum(out.bytes()));
            return new Piece(out, sum, chunk, tap.map(t -> times.of(Flow.Pass.SCREEN, "screen", () -> t.take(out))));
        }
    }

    /** Rows on their way, with their sum and columns and what a tap took of them. */
    private record Piece(RawRows rows, long sum, EventChunk chunk, Optional<RawRows> taken) {
    }

    private void sweep(Sweep sweep, Optional<? extends Tap> tap, Consumer<Piece> sink) {
        try (Progress bar = console.progress(sweep.pass().id(), sweep.rows(), "events")) {
            Ordered.run(threads, sweep.source(), range -> sweep.work(range, tap, times), piece -> {
                try (EventChunk chunk = piece.chunk()) {
                    sink.accept(piece);
                    piece.taken().ifPresent(taken -> times.of(Flow.Pass.SCREEN, "writing",
                            () -> tap.orElseThrow().accept(taken)));
                    bar.advance(chunk.rows());
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
