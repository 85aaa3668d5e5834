// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.task;

import java.nio.file.Path;
import java.util.Optional;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.event.Widened;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableReader;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.pipeline.stage.EventStep;

/** Writes a copy of a FITS file in which one table has gone through a step; all other units are carried over. */
public final class TableEdit {
    /** Rows in memory at a time. */
    public static final int CHUNK = 1 << 14;

    private TableEdit() {
    }

    /**
     * Copies a file.
     *
     * @param in open input
     * @param table unit to change
     * @param out output
     * @param schema columns of the changed table
     * @param keywords keywords of the changed table
     * @param step what to do with each chunk
     */
    public static void copy(FitsReader in, Hdu table, Path out, EventSchema schema, Keywords keywords,
            EventStep step) {
        try (FitsWriter w = FitsWriter.create(out)) {
            for (Hdu h : in.hdus()) {
                if (h.index() == table.index()) {
                    edit(in, h, w, schema, keywords, step);
                } else if (h.index() == 0 && h.axes().isEmpty()) {
                    w.primary(h.keywords());
                } else if (h.kind() == Hdu.Kind.TABLE) {
                    edit(in, h, w, new EventSchema(h.columns()), h.keywords(), chunk -> { });
                } else {
                    w.image(h.keywords().text("EXTNAME").orElse(""), Image.read(in, h), h.keywords());
                }
            }
            w.commit();
        }
    }

    private static void edit(FitsReader in, Hdu h, FitsWriter w, EventSchema schema, Keywords keywords,
            EventStep step) {
        try (TableReader reader = in.table(h, CHUNK); EventSource source = Widened.of(reader, schema);
                TableWriter writer = w.table(h.keywords().text("EXTNAME").orElse(""), schema, keywords)) {
            for (Optional<EventChunk> next = source.next(); next.isPresent(); next = source.next()) {
                try (EventChunk chunk = next.get()) {
                    step.process(chunk);
                    writer.accept(chunk);
                }
            }
            writer.finish();
        }
    }
}
