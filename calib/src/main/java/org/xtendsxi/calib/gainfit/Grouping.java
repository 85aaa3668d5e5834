// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/** Sorts events in time order into groups that are fitted together (energy-chain section 13.4). */
final class Grouping {
    private final Rules rules;
    private final List<Gti> intervals;
    private final Optional<GtiList> gti;
    private final Consumer<Group> sink;
    private final Map<Integer, GroupQueue> queues = new TreeMap<>();
    private int interval;

    /**
     * Rules of grouping.
     *
     * @param events events of a group
     * @param least least events of a group at the end of an interval
     * @param gap longest time between events of a group, s; not positive: any
     * @param overlap part of a group that is used again in the next, percent; negative: none
     * @param spanIntervals whether groups reach over several good time intervals
     * @param strict whether faults of the reference are mended
     */
    record Rules(int events, int least, double gap, double overlap, boolean spanIntervals, boolean strict) {
        /** Events that leave the queue after a fit. */
        int removed() {
            return overlap < 0 ? events : Math.max(1, (int) (100 - overlap) * events / 100);
        }
    }

    /**
     * Grouping of a run.
     *
     * @param rules rules
     * @param gti good time intervals, if events are to be chosen by them
     * @param sink takes the groups, in the order in which they are full
     */
    Grouping(Rules rules, Optional<GtiList> gti, Consumer<Group> sink) {
        this.rules = rules;
        this.gti = gti;
        this.intervals = gti.map(GtiList::intervals).orElse(List.of());
        this.sink = sink;
    }

    /**
     * Takes the next event.
     *
     * @return whether it is inside the good time intervals
     */
    boolean accept(double time, double energy, int split) {
        GroupQueue q = queues.computeIfAbsent(split, k -> new GroupQueue());
        if (gti.isPresent() && !inside(time, q)) {
            return false;
        }
        if (rules.gap() > 0 && q.size() > 0 && time - q.last() > rules.gap()) {
            flush(split, q, q.gap());
        }
        q.add(time, energy);
        if (q.size() > rules.events() + rules.least()) {
            sink.accept(group(split, q, rules.events(), q.gap()));
            q.drop(rules.removed());
            q.resetGap();
        }
        return true;
    }

    private boolean inside(double time, GroupQueue q) {
        while (interval < intervals.size() && time > intervals.get(interval).stop()) {
            if (!rules.spanIntervals()) {
                queues.forEach((split, queue) -> flush(split, queue, 0));
            } else if (interval + 1 < intervals.size()) {
                q.addGap(intervals.get(interval + 1).start() - intervals.get(interval).stop());
            }
            interval++;
        }
        return interval < intervals.size() && time >= intervals.get(interval).start();
    }

    /**
     * Hands out what is left, at the end of the events.
     *
     * @param lastSplit split value of the last row read, NaN if it has none: the gap time of its queue is the one that
     *        the reference takes for all
     */
    void finish(double lastSplit) {
        GroupQueue last = Double.isNaN(lastSplit) ? null : queues.get((int) lastSplit);
        double gap = last == null ? 0 : last.gap();
        queues.forEach((split, q) -> flush(split, q, gap));
        queues.clear();
    }

    private void flush(int split, GroupQueue q, double gap) {
        if (q.size() >= rules.least() && q.size() > 0) {
            sink.accept(group(split, q, q.size(), gap));
            q.drop(q.size());
            q.resetGap();
        }
    }

    /** The reference subtracts gaps that it noted for the queue of the event after the gap only. */
    private Group group(int split, GroupQueue q, int count, double gap) {
        double first = q.first();
        double last = q.time(count - 1);
        double exposure = rules.strict() ? gti.map(g -> g.overlap(first, last)).orElse(last - first)
                : last - first - gap;
        return new Group(split, first, last, exposure, q.energies(count));
    }
}
