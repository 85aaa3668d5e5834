// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.RawRows;
import org.xtendsxi.caldb.fits.TableReader;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.gti.GoodTime;
import org.xtendsxi.pipeline.measure.EventTally;
import org.xtendsxi.pipeline.screening.Screening;
import org.xtendsxi.pipeline.stage.Ordered;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * Third pass: the good events of the unfiltered file, with their good time; on its own, or as a tap of the pass that
 * makes that file, whose rows it then sees on their way.
 */
final class ScreenPass implements CalibratePass.Tap {
    /** Characters of the condition per HISTORY card. */
    private static final int PIECE = 60;

    private final EventSchema columns;
    private final Screening screening;
    private final GtiList gti;
    private final Keywords primary;
    private final FitsWriter file;
    private final TableWriter table;
    private final Map<String, Object> record;
    private final EventTally.Counter tally;
    private Optional<Gathered> products = Optional.empty();

    /**
     * Starts a cleaned event file.
     *
     * @param out cleaned event file
     * @param columns columns of the events
     * @param header keywords of the calibrated events
     * @param condition condition on good events
     * @param p parameters of the screening
     * @param good what the good time was made from, for the record
     * @param gti good time of the selection
     * @param record takes the number of events kept
     */
    ScreenPass(Path out, EventSchema columns, Keywords header, String condition, Parameters p, GoodTime good,
            GtiList gti,
            Map<String, Object> record) {
        this.record = record;
        this.columns = columns;
        this.gti = gti;
        this.screening = new Screening(condition, p.real("tolerance"), gti, columns, header);
        Keywords k = Headers.stamp(header.observation());
        Headers.time(k, gti);
        this.primary = k.withoutCommentary();
        primary.remove("HDUCLASS").remove("HDUCLAS1");
        k.dropHistory("sxi screen");
        for (String rest = screening.expression(); !rest.isEmpty(); rest =
                rest.substring(Math.min(PIECE, rest.length()))) {
            k.addHistory("sxi screen: " + rest.substring(0, Math.min(PIECE, rest.length())));
        }
        good.ingredients().forEach((name, i) -> k.addHistory("sxi screen good time: " + name + " from " + i.source()));
        this.file = FitsWriter.create(out);
        file.primary(primary);
        this.table = file.table("EVENTS", columns, k);
        this.tally = new EventTally.Counter(columns);
    }

    /**
     * Gathers products of what is kept, too; they are prepared while the file is ended, which changes its header.
     *
     * @param start starts to gather, given columns and header of the cleaned events and their good time
     */
    void gather(BiFunction<Hdu, GtiList, Optional<Gathered>> start) {
        products = start.apply(new Hdu(1, Hdu.Kind.TABLE, "EVENTS", table.keywords().copy(), columns.columns(), 0,
                columns.rowBytes(), List.of(), 0, 0), gti);
    }

    /** Products of what was kept, if they were gathered. */
    Optional<Gathered> products() {
        return products;
    }

    /** Sums over all events. */
    EventTally tally() {
        return tally.tally();
    }

    @Override
    public RawRows take(RawRows rows) {
        RawRows kept = kept(rows);
        products.ifPresent(p -> {
            try (EventChunk chunk = kept.columns(columns)) {
                p.events().add(chunk);
            }
        });
        return kept;
    }

    private RawRows kept(RawRows rows) {
        try (EventChunk chunk = rows.columns(columns)) {
            tally.add(rows, chunk.longs("STATUS"), chunk.ints("GRADE"), chunk.ints("PI"));
            return rows.select(screening.keep(chunk));
        }
    }

    @Override
    public void accept(RawRows kept) {
        table.acceptRows(kept.bytes(), kept.count());
    }

    @Override
    public void prepare() {
        products.ifPresent(Gathered::prepare);
    }

    @Override
    public void commit() {
        table.finish();
        GtiTable.write(file, "GTI", gti, primary);
        file.commit();
        record.put("events", table.rows());
    }

    @Override
    public void close() {
        table.close();
        file.close();
    }

    /**
     * Screens a whole file.
     *
     * @param in calibrated event file
     * @param threads worker threads
     */
    void run(Path in, int threads) {
        try (FitsReader f = FitsReader.open(in)) {
            Hdu events = f.need("EVENTS");
            try (TableReader source = f.table(events, CalibratePass.CHUNK_ROWS)) {
                Ordered.run(threads, source::nextRange, range -> take(source.read(range)), this::accept);
            }
            commit();
        }
    }
}
