// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/** An open event file: its EVENTS table, good time and header. */
final class EventList implements AutoCloseable {
    private static final int CHUNK_ROWS = 8192;

    private final FitsReader file;
    private final Hdu events;

    private EventList(FitsReader file) {
        this.file = file;
        this.events = file.need("EVENTS");
    }

    static EventList open(Path path) {
        return new EventList(FitsReader.open(path));
    }

    EventHeader header() {
        return new EventHeader(file.path(), new EventSchema(events.columns()), events.keywords());
    }

    EventSource stream() {
        return file.table(events, CHUNK_ROWS);
    }

    /** GTI extension, or TSTART to TSTOP of the header. */
    GtiList goodTime() {
        Optional<Hdu> h = GtiTable.find(file);
        GtiList gti = h.isPresent() ? GtiTable.read(file, h.get())
                : GtiList.of(List.of(new Gti(events.keywords().needReal("TSTART"),
                        events.keywords().needReal("TSTOP"))));
        if (gti.isEmpty()) {
            throw SxiException.data("there is no good time").in(file.path()).hdu(h.map(Hdu::name).orElse("EVENTS"))
                    .todo("give another --gti").build();
        }
        return gti;
    }

    @Override
    public void close() {
        file.close();
    }

    /** Feeds all chunks to a consumer. */
    void forEach(Consumer<EventChunk> consumer) {
        try (EventSource s = stream()) {
            for (Optional<EventChunk> c = s.next(); c.isPresent(); c = s.next()) {
                try (EventChunk chunk = c.get()) {
                    consumer.accept(chunk);
                }
            }
        }
    }
}
