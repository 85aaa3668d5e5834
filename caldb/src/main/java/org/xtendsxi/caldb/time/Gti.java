// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.time;

/**
 * A good time interval, s of mission time.
 *
 * @param start first instant
 * @param stop last instant, not before the first
 */
public record Gti(double start, double stop) {
    /** Refuses NaN and reversed intervals. */
    public Gti {
        if (!(start <= stop)) {
            throw new IllegalArgumentException("interval runs backwards: " + start + " to " + stop);
        }
    }

    /** Length, s. */
    public double length() {
        return stop - start;
    }
}
