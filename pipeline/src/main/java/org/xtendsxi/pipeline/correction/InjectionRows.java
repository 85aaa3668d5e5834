// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Fault;

/**
 * Numbers of transfers with and without the benefit of charge-injection rows, which fill the traps ahead of an event
 * (energy-chain sections 7.2.3 and 7.2.5). Here CIOFFSET is the second injected row and CIFIRST the first (Q13).
 */
final class InjectionRows {
    private static final int ROWS = 641;

    private final Readout.Injection ci;
    private final Compat compat;

    /**
     * Transfers of a pixel beyond those with full benefit.
     *
     * @param normal normal transfers without the benefit (Y1)
     * @param anomalousWith anomalous transfers with the benefit (Y2)
     * @param anomalous anomalous transfers without it (Y3)
     */
    record Transfers(int normal, int anomalousWith, int anomalous) {
    }

    /** Rows of an injection; strict mends regions that lie below the second injected row. */
    InjectionRows(Readout.Injection ci, Compat compat) {
        this.ci = ci;
        this.compat = compat;
    }

    /** Whether CISTATUS is a legal value. */
    boolean legal() {
        return ci.status() == 0 || ci.status() == 1;
    }

    /** Distance from a row to the injected row ahead of it, rows; negative below the first. */
    int distance(int y) {
        if (ci.status() == 0) {
            return 0;
        }
        return y < ci.offset() ? y - ci.first() : (y - ci.offset()) % ci.period();
    }

    /**
     * Transfers of a pixel in a column with an anomalous region.
     *
     * @param y ACTY of the pixel
     * @param min lowest ACTY of the region
     * @param max highest ACTY of the region
     */
    Transfers transfers(int y, int min, int max) {
        int dY = distance(y);
        if (ci.status() == 0) {
            return y <= min ? new Transfers(dY, 0, 0) : y <= max ? new Transfers(min, 0, y - min)
                    : new Transfers(y - max + min, 0, max - min);
        }
        int period = ci.period();
        int size = max - min;
        // the remainder of C is negative for a region below the second injected row: its rows above are then taken
        // wrongly
        int d = compat.keeps(Fault.ANOMALY_BELOW) ? (max - ci.offset()) % period
                : Math.floorMod(max - ci.offset(), period);
        if (d >= size) {
            return oneSpan(y, min, max, max - d, max - d + period);
        }
        int n = 1;
        while (size >= d + n * period) {
            if (n++ > ROWS) {
                throw new IllegalStateException("anomalous region " + min + ".." + max + " has no end");
            }
        }
        int first = max - d - (n - 1) * period;
        return cut(y, min, max, new int[] {first - period, first, max - d, max - d + period});
    }

    /** No injected row inside the region. */
    private Transfers oneSpan(int y, int min, int max, int pre, int post) {
        if (y <= min) {
            return new Transfers(distance(y), 0, 0);
        }
        if (y <= max) {
            return new Transfers(min - pre, 0, y - min);
        }
        return y <= post ? new Transfers(y - max + (min - pre), 0, max - min)
                : new Transfers(distance(y), max - min, 0);
    }

    /** Injected rows inside the region; ci holds the last before it, the first and last inside, the next after it. */
    private Transfers cut(int y, int min, int max, int[] rows) {
        if (y <= min) {
            return new Transfers(distance(y), 0, 0);
        }
        if (y <= rows[1]) {
            return new Transfers(min - rows[0], 0, y - min);
        }
        if (y <= max) {
            return new Transfers(0, y - distance(y) - min, distance(y));
        }
        return y <= rows[3] ? new Transfers(y - max, rows[2] - min, max - rows[2])
                : new Transfers(distance(y), max - min, 0);
    }
}
