// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableReader;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.gti.GoodTime;
import org.xtendsxi.pipeline.screening.Screening;
import org.xtendsxi.pipeline.stage.Ordered;
import org.xtendsxi.pipeline.stage.Parameters;

/** Third pass: the good events of the unfiltered file, with their good time. */
final class ScreenPass {
    private static final int CHUNK_ROWS = 8192;
    /** Characters of the condition per HISTORY card. */
    private static final int PIECE = 60;

    private ScreenPass() {
    }

    /**
     * Runs.
     *
     * @param in calibrated event file
     * @param out cleaned event file
     * @param condition condition on good events
     * @param p parameters of the screening
     * @param good what the good time was made from, for the record
     * @param gti good time of the selection
     * @param threads worker threads
     * @return number of events kept
     */
    static long run(Path in, Path out, String condition, Parameters p, GoodTime good, GtiList gti,
            int threads) {
        try (FitsReader file = FitsReader.open(in); FitsWriter w = FitsWriter.create(out)) {
            Hdu events = file.need("EVENTS");
            Screening screening = new Screening(condition, p.real("tolerance"), gti, new EventSchema(events.columns()), events.keywords());
            Keywords k = Headers.stamp(events.keywords().observation());
            Headers.time(k, gti);
            Keywords primary = k.withoutCommentary();
            primary.remove("HDUCLASS").remove("HDUCLAS1");
            w.primary(primary);
            k.dropHistory("sxi screen");
            for (String rest = screening.expression(); !rest.isEmpty(); rest = rest.substring(Math.min(PIECE, rest.length()))) {
                k.addHistory("sxi screen: " + rest.substring(0, Math.min(PIECE, rest.length())));
            }
            good.ingredients().forEach((name, i) -> k.addHistory("sxi screen good time: " + name + " from " + i.source()));
            try (TableReader source = file.table(events, CHUNK_ROWS);
                    TableWriter t = w.table("EVENTS", new EventSchema(events.columns()), k)) {
                Ordered.run(threads, source::nextRaw, rows -> {
                    try (EventChunk chunk = source.columns(rows)) {
                        return rows.select(screening.keep(chunk));
                    }
                }, kept -> t.acceptRows(kept.bytes(), kept.count()));
                t.finish();
                GtiTable.write(w, "GTI", gti, primary);
                w.commit();
                return t.rows();
            }
        }
    }
}
