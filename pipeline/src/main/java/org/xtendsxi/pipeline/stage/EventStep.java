// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.stage;

import org.xtendsxi.caldb.event.EventChunk;

/**
 * A stage at work on events: its inputs are loaded, its parameters fixed.
 *
 * <p>A step reads and writes only the columns of its contract, never changes raw pulse heights, and may be called by
 * several threads at once with different chunks; its result may not depend on how events are cut into chunks.
 */
@FunctionalInterface
public interface EventStep {
    /** Processes one chunk in place: takes columns, puts columns. */
    void process(EventChunk chunk);

    /** This step followed by another on the same chunk. */
    default EventStep andThen(EventStep next) {
        return chunk -> {
            process(chunk);
            next.process(chunk);
        };
    }
}
