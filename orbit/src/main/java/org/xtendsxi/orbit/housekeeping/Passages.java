// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.housekeeping;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/**
 * When something holds, such as a stay in the South Atlantic Anomaly, and the times since and until it.
 *
 * @param inside when it holds
 * @param start time from which it is known, s
 * @param stop time until which it is known, s
 */
record Passages(GtiList inside, double start, double stop) {
    private static final double STEP = 10;
    private static final double PRECISION = 1e-3;

    /** Looks for the times in start..stop at which a predicate holds; shorter ones than 10 s may be missed. */
    static Passages search(DoublePredicate holds, double start, double stop) {
        List<Gti> found = new ArrayList<>();
        boolean in = holds.test(start);
        double begin = start;
        for (double t = start; t < stop; ) {
            double next = Math.min(stop, t + STEP);
            if (holds.test(next) != in) {
                double edge = edge(holds, t, next, in);
                if (in) {
                    found.add(new Gti(begin, edge));
                }
                begin = edge;
                in = !in;
            }
            t = next;
        }
        if (in) {
            found.add(new Gti(begin, stop));
        }
        return new Passages(GtiList.of(found), start, stop);
    }

    private static double edge(DoublePredicate holds, double before, double after, boolean value) {
        double low = before;
        double high = after;
        while (high - low > PRECISION) {
            double mid = (low + high) / 2;
            if (holds.test(mid) == value) {
                low = mid;
            } else {
                high = mid;
            }
        }
        return high;
    }

    /** Whether it holds. */
    boolean holds(double time) {
        return inside.contains(time);
    }

    /** Time since it last held, s, 0 while it holds; since the beginning of what is known if it never did. */
    double since(double time) {
        return holds(time) ? 0 : time - inside.intervals().stream().mapToDouble(Gti::stop).filter(s -> s <= time).max()
                .orElse(start);
    }

    /** Time until it next holds, s, 0 while it holds; until the end of what is known if it never does. */
    double until(double time) {
        return holds(time) ? 0 : inside.intervals().stream().mapToDouble(Gti::start).filter(s -> s >= time).min()
                .orElse(stop) - time;
    }

    /** When it does not hold. */
    Passages inverse() {
        return new Passages(inside.inverse(start, stop), start, stop);
    }
}
