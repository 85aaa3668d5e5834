// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Good time intervals in order, disjoint and of positive length; an empty list means no good time at all. */
public final class GtiList {
    /** No good time. */
    public static final GtiList EMPTY = new GtiList(List.of());

    /** Lengths are summed in units of 1/TICKS s. */
    private static final double TICKS = 1e7;

    private final List<Gti> intervals;

    private GtiList(List<Gti> intervals) {
        this.intervals = List.copyOf(intervals);
    }

    /** Any intervals: sorted, joined where they touch or overlap, those of no length dropped. */
    public static GtiList of(List<Gti> any) {
        return joined(any, 0);
    }

    /**
     * As {@link #of}, joining also intervals whose gap is at most a tolerance, such as the rounding at frame edges.
     *
     * @param any intervals in any order
     * @param tolerance largest gap that is closed, s
     */
    public static GtiList joined(List<Gti> any, double tolerance) {
        List<Gti> sorted = any.stream().filter(g -> g.length() > 0)
                .sorted(Comparator.comparingDouble(Gti::start)).toList();
        List<Gti> out = new ArrayList<>();
        for (Gti g : sorted) {
            if (!out.isEmpty() && g.start() <= out.getLast().stop() + tolerance) {
                Gti last = out.removeLast();
                out.add(new Gti(last.start(), Math.max(last.stop(), g.stop())));
            } else {
                out.add(g);
            }
        }
        return new GtiList(out);
    }

    /** The intervals. */
    public List<Gti> intervals() {
        return intervals;
    }

    /** Whether there is no good time. */
    public boolean isEmpty() {
        return intervals.isEmpty();
    }

    /**
     * Good time in all, s. Mission times of 10^8 s are doubles in steps of 3e-8 s, and so are their lengths; these
     * are taken to 1e-7 s, the last digit of the timing table, so that thousands of intervals add up to what was meant.
     */
    public double total() {
        return intervals.stream().mapToDouble(i -> Math.rint(i.length() * TICKS)).sum() / TICKS;
    }

    /** First good instant; the list must not be empty. */
    public double start() {
        return intervals.getFirst().start();
    }

    /** Last good instant; the list must not be empty. */
    public double stop() {
        return intervals.getLast().stop();
    }

    /** Time that is good in both lists. */
    public GtiList and(GtiList other) {
        List<Gti> out = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < intervals.size() && j < other.intervals.size()) {
            Gti a = intervals.get(i);
            Gti b = other.intervals.get(j);
            double start = Math.max(a.start(), b.start());
            double stop = Math.min(a.stop(), b.stop());
            if (start < stop) {
                out.add(new Gti(start, stop));
            }
            if (a.stop() < b.stop()) {
                i++;
            } else {
                j++;
            }
        }
        return new GtiList(out);
    }

    /** Time that is good in either list. */
    public GtiList or(GtiList other) {
        List<Gti> all = new ArrayList<>(intervals);
        all.addAll(other.intervals);
        return of(all);
    }

    /** Time within a span that is not good. */
    public GtiList inverse(double start, double stop) {
        List<Gti> out = new ArrayList<>();
        double at = start;
        for (Gti g : intervals) {
            if (g.start() > at) {
                out.add(new Gti(at, Math.max(at, Math.min(g.start(), stop))));
            }
            at = Math.max(at, g.stop());
        }
        if (at < stop) {
            out.add(new Gti(at, stop));
        }
        return of(out);
    }

    /** Whether an instant is good; both ends of an interval belong to it, NaN never does. */
    public boolean contains(double time) {
        return contains(time, 0);
    }

    /** Whether an instant is good, or not farther than a tolerance (s) from the end of an interval. */
    public boolean contains(double time, double tolerance) {
        int low = 0;
        int high = intervals.size() - 1;
        while (low <= high) {
            int mid = low + high >>> 1;
            Gti g = intervals.get(mid);
            if (time >= g.start() - tolerance && time <= g.stop() + tolerance) {
                return true;
            }
            if (time < g.start()) {
                high = mid - 1;
            } else {
                low = mid + 1;
            }
        }
        return false;
    }

    /** Good time within start..stop, s. */
    public double overlap(double start, double stop) {
        double sum = 0;
        for (Gti g : intervals) {
            sum += Math.max(0, Math.min(stop, g.stop()) - Math.max(start, g.start()));
        }
        return sum;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof GtiList g && g.intervals.equals(intervals);
    }

    @Override
    public int hashCode() {
        return intervals.hashCode();
    }

    @Override
    public String toString() {
        return intervals.toString();
    }
}
