// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.event;

/** Takes event chunks in table order; it does not close them. */
@FunctionalInterface
public interface EventSink {
    /** Takes the next chunk. */
    void accept(EventChunk chunk);
}
