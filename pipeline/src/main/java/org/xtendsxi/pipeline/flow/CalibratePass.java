// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.Progress;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.event.Widened;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.stage.EventStep;
import org.xtendsxi.pipeline.stage.Ordered;

/**
 * Second pass: raw events to calibrated events. The file is written anew with every column that the stages write; raw
 * columns and columns that no stage knows pass unchanged, so the pass may be repeated on its own output.
 */
final class CalibratePass {
    private static final int CHUNK_ROWS = 8192;

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
     * @param fresh names of those that it writes, whatever the input held
     * @param step what it does
     */
    record Step(List<Column> columns, List<String> fresh, EventStep step) {
    }

    /**
     * Runs.
     *
     * @param in event file with raw columns
     * @param out event file to write; may be the same
     * @param steps stages in order
     * @param temporary names of columns that stages exchange but the file does not get
     * @param gti good time
     * @param header keywords set in the header, over those of the input
     * @param pass name of the pass; lines of HISTORY that it left before are replaced
     * @param history lines that say what was done, at most 50 characters each
     * @return number of events
     */
    long run(Path in, Path out, List<Step> steps, Set<String> temporary, GtiList gti, Keywords header, Flow.Pass pass,
            List<String> history) {
        try (FitsReader file = FitsReader.open(in); FitsWriter w = FitsWriter.create(out)) {
            Hdu events = file.need("EVENTS");
            Map<String, Column> columns = new LinkedHashMap<>();
            Set<String> fresh = new LinkedHashSet<>();
            steps.forEach(s -> {
                s.columns().forEach(c -> columns.putIfAbsent(c.name(), c));
                fresh.addAll(s.fresh());
            });
            EventSchema work = new EventSchema(events.columns()).with(List.copyOf(columns.values()));
            EventSchema kept = new EventSchema(
                    work.columns().stream().filter(c -> !temporary.contains(c.name())).toList());
            Keywords k = events.keywords().observation();
            k.takeAll(header);
            Keywords primary = k.withoutCommentary();
            primary.remove("HDUCLASS").remove("HDUCLAS1");
            w.primary(primary);
            for (Flow.Pass p : Flow.Pass.values()) {
                if (p.ordinal() >= pass.ordinal()) {
                    k.dropHistory(mark(p));
                }
            }
            history.forEach(line -> k.addHistory(mark(pass) + line));
            try (EventSource source = Widened.of(file.table(events, CHUNK_ROWS), work, fresh);
                    TableWriter t = w.table("EVENTS", kept, k);
                    Progress bar = console.progress(pass.id(), events.rows(), "events")) {
                Ordered.run(threads, source::next, chunk -> {
                    steps.forEach(s -> s.step().process(chunk));
                    bar.advance(chunk.rows());
                    return chunk;
                }, chunk -> write(chunk, kept, t));
                t.finish();
                GtiTable.write(w, "GTI", gti, primary);
                w.commit();
                return t.rows();
            }
        }
    }

    private static String mark(Flow.Pass pass) {
        return "sxi " + pass.id() + ": ";
    }

    private static void write(EventChunk chunk, EventSchema kept, TableWriter t) {
        try (EventChunk all = chunk; EventChunk narrow = all.as(kept, Set.of())) {
            t.accept(narrow);
        }
    }
}
