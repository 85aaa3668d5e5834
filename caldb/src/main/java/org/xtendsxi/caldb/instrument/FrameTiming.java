// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.instrument;

/**
 * Timing of one 4-second cycle, seconds (events-coords-screening section 6).
 *
 * <p>A sub-cycle is {@code EXPDEADB | TIMTRANB | FLUSHIMB | TIMEDEL (live) | TIMTRANA | EXPDEADA}; it is repeated
 * {@link #exposures()} times. The last one may be longer: LASTDEL replaces TIMEDEL and LASTDEAD replaces EXPDEADA when
 * LASTDEL is positive.
 *
 * @param timeDel live time of a sub-exposure
 * @param transferBefore TIMTRANB, frame transfer before it
 * @param transferAfter TIMTRANA, frame transfer after it
 * @param deadBefore EXPDEADB, wait before it
 * @param deadAfter EXPDEADA, wait after it
 * @param flush FLUSHIMB, flush of the imaging area
 * @param lastDead LASTDEAD
 * @param lastDel LASTDEL, 0 if the last sub-exposure is like the others
 * @param nominal NOMEXPO, the cycle
 */
public record FrameTiming(double timeDel, double transferBefore, double transferAfter, double deadBefore,
        double deadAfter, double flush, double lastDead, double lastDel, double nominal) {

    /** Length of a sub-cycle. */
    public double subCycle() {
        return deadBefore + transferBefore + flush + timeDel + deadAfter + transferAfter;
    }

    /** What the last sub-cycle is longer than the others. */
    public double extra() {
        return lastDel > 0 ? lastDead - deadAfter + (lastDel - timeDel) : 0;
    }

    /** Number of sub-exposures in a cycle, 1 or 8 in the modes that fly. */
    public int exposures() {
        return (int) ((nominal - extra()) / subCycle() + 0.5);
    }

    /** From the start of the cycle to the start of live time of sub-exposure i. */
    public double liveStart(int i) {
        return deadBefore + transferBefore + flush + i * subCycle();
    }

    /** Live time of sub-exposure i; the last one may be longer by LASTDEL - TIMEDEL (never by dead time). */
    public double liveTime(int i) {
        return lastDel > 0 && i == exposures() - 1 ? lastDel : timeDel;
    }

    /** Live time of the whole cycle. */
    public double liveTime() {
        int n = exposures();
        return (n - 1) * timeDel + liveTime(n - 1);
    }
}
