// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.event;

import java.util.Optional;

/** A stream of event chunks in table order. */
public interface EventSource extends AutoCloseable {
    /** Columns of every chunk. */
    EventSchema schema();

    /** Next chunk, which the caller closes; empty at the end. */
    Optional<EventChunk> next();

    @Override
    void close();
}
