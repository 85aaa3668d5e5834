// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.nio.file.Path;
import java.util.Optional;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.event.Widened;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.pipeline.pulse.PulseColumns;
import org.xtendsxi.pipeline.xtdpi.EnergyChain;

/** Events of one file after the energy chain, chunk by chunk. */
final class ChainedEvents implements EventSource {
    private static final int CHUNK_ROWS = 8192;

    private final FitsReader file;
    private final EventSource source;
    private final EnergyChain chain;

    ChainedEvents(Path path, EnergyChain chain) {
        this.chain = chain;
        this.file = FitsReader.open(path);
        Hdu events = file.need("EVENTS");
        this.source = Widened.of(file.table(events, CHUNK_ROWS),
                new EventSchema(events.columns()).with(PulseColumns.debug()));
    }

    @Override
    public EventSchema schema() {
        return source.schema();
    }

    @Override
    public Optional<EventChunk> next() {
        Optional<EventChunk> next = source.next();
        next.ifPresent(chain::process);
        return next;
    }

    @Override
    public void close() {
        source.close();
        file.close();
    }
}
