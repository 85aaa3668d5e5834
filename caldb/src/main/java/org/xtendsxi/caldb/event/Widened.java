// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.event;

import java.util.Optional;
import java.util.Set;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.SxiException;

/** A source with more (or fewer) columns: those that the original has are copied, the others start null. */
public final class Widened implements EventSource {
    private final EventSource source;
    private final EventSchema schema;
    private final Set<String> fresh;

    private Widened(EventSource source, EventSchema schema, Set<String> fresh) {
        this.source = source;
        this.schema = schema;
        this.fresh = fresh;
    }

    /**
     * Gives a source another schema.
     *
     * @param source original, closed with the result
     * @param schema columns wanted; a column of the same name must have the same type and repeat
     */
    public static EventSource of(EventSource source, EventSchema schema) {
        return of(source, schema, Set.of());
    }

    /**
     * Gives a source another schema.
     *
     * @param source original, closed with the result
     * @param schema columns wanted; a column of the same name must have the same type and repeat
     * @param fresh names of columns that start null even if the original has them
     */
    public static EventSource of(EventSource source, EventSchema schema, Set<String> fresh) {
        for (Column c : schema.columns()) {
            source.schema().find(c.name()).filter(o -> !fresh.contains(c.name())).ifPresent(o -> {
                if (o.type() != c.type() || o.repeat() != c.repeat() || o.zero() != c.zero()) {
                    throw SxiException.data("column has another format than needed").column(c.name())
                            .value(o.format()).limit(c.format()).todo("convert the column").build();
                }
            });
        }
        return new Widened(source, schema, Set.copyOf(fresh));
    }

    @Override
    public EventSchema schema() {
        return schema;
    }

    @Override
    public Optional<EventChunk> next() {
        return source.next().map(chunk -> {
            try (EventChunk from = chunk) {
                return from.as(schema, fresh);
            }
        });
    }

    @Override
    public void close() {
        source.close();
    }
}
