// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSource;

/**
 * Rows of a table cycle by cycle, in whatever order within a cycle. Holds one chunk and one cycle.
 *
 * @param <T> what a row is turned into
 */
final class CycleRows<T extends CycleRows.Timed> {
    private final String name;
    private final EventSource source;
    private final Function<EventChunk, List<T>> reader;
    private final ToIntFunction<T> cycleOf;
    private final Deque<T> ahead = new ArrayDeque<>();

    /** What has a time. */
    interface Timed {
        /** TIME, s of mission time. */
        double time();
    }

    /**
     * Starts.
     *
     * @param name of the file, for errors
     * @param source the table
     * @param reader turns a chunk into rows, leaving out those that do not matter
     * @param cycleOf cycle of a row
     */
    CycleRows(String name, EventSource source, Function<EventChunk, List<T>> reader, ToIntFunction<T> cycleOf) {
        this.name = name;
        this.source = source;
        this.reader = reader;
        this.cycleOf = cycleOf;
    }

    /** Cycle of the next row; none at the end. */
    Optional<Integer> nextCycle() {
        while (ahead.isEmpty()) {
            Optional<EventChunk> chunk = source.next();
            if (chunk.isEmpty()) {
                return Optional.empty();
            }
            try (EventChunk c = chunk.get()) {
                ahead.addAll(reader.apply(c));
            }
        }
        return Optional.of(cycleOf.applyAsInt(ahead.element()));
    }

    /** The rows of a cycle, which must not be asked for before an earlier one is taken. */
    List<T> take(int cycle) {
        List<T> out = new ArrayList<>();
        for (Optional<Integer> next = nextCycle(); next.isPresent() && next.get() <= cycle; next = nextCycle()) {
            if (next.get() < cycle) {
                throw SxiException.data("rows are not in order of time").in(name).column("TIME")
                        .value(ahead.element().time()).limit("the cycle of the row before")
                        .todo("sort the table by TIME").build();
            }
            out.add(ahead.remove());
        }
        return out;
    }
}
