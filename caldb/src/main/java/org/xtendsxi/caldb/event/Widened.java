// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.event;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.SxiException;

/** A source with more (or fewer) columns: those that the original has are copied, the others start null. */
public final class Widened implements EventSource {
    private final EventSource source;
    private final EventSchema schema;

    private Widened(EventSource source, EventSchema schema) {
        this.source = source;
        this.schema = schema;
    }

    /**
     * Gives a source another schema.
     *
     * @param source original, closed with the result
     * @param schema columns wanted; a column of the same name must have the same type and repeat
     */
    public static EventSource of(EventSource source, EventSchema schema) {
        for (Column c : schema.columns()) {
            source.schema().find(c.name()).ifPresent(o -> {
                if (o.type() != c.type() || o.repeat() != c.repeat() || o.zero() != c.zero()) {
                    throw SxiException.data("column has another format than needed").column(c.name())
                            .value(o.format()).limit(c.format()).todo("convert the column").build();
                }
            });
        }
        return new Widened(source, schema);
    }

    @Override
    public EventSchema schema() {
        return schema;
    }

    @Override
    public Optional<EventChunk> next() {
        return source.next().map(chunk -> {
            try (EventChunk from = chunk) {
                EventChunk to = EventChunk.allocate(schema, from.firstRow(), from.rows());
                for (Column c : schema.columns()) {
                    if (from.has(c.name())) {
                        MemorySegment m = from.memory(c.name());
                        MemorySegment.copy(m, 0, to.memory(c.name()), 0, m.byteSize());
                    }
                }
                return to;
            }
        });
    }

    @Override
    public void close() {
        source.close();
    }
}
