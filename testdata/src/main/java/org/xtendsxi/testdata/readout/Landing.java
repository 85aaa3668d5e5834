// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import java.util.Optional;
import org.xtendsxi.caldb.instrument.FrameTiming;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Where the charge of a photon comes out that arrives at some time of a cycle.
 *
 * <p>During a transfer the image moves towards the frame store by one row in 1/640 of the transfer time. What arrives
 * after s shifts at row y joins the packet that started at row y+s, or, past the last row, an empty packet that becomes
 * row y+s-640 of the image that follows. The same holds for a flush, except that what is pushed out is lost.
 *
 * @param back 1 if it belongs to the cycle before, else 0
 * @param exposure sub-exposure
 * @param shift rows by which it comes out too high; negative where it belongs to the image that follows
 */
public record Landing(int back, int exposure, int shift) {

    /** Landing of what arrives in live time. */
    public static Optional<Landing> live(RowMap rows, double time) {
        int e = rows.exposure(time);
        return e == RowMap.NONE ? Optional.empty() : Optional.of(new Landing(0, e, 0));
    }

    /** Landing of what arrives at any time; none if it is lost. */
    public static Optional<Landing> any(RowMap rows, double time, int actY) {
        FrameTiming t = rows.mode().timing();
        int n = t.exposures();
        for (int i = 0; i < n; i++) {
            double flush = t.liveStart(i) - t.flush();
            double before = flush - t.transferBefore();
            double after = t.liveStart(i) + t.liveTime(i);
            if (time >= before && time < flush) {
                Landing old = i == 0 ? new Landing(1, n - 1, 0) : new Landing(0, i - 1, 0);
                return Optional.of(moved(time - before, t.transferBefore(), actY, old, new Landing(0, i, 0)));
            }
            if (time >= flush && time < t.liveStart(i)) {
                int s = shift(time - flush, t.flush());
                return actY + s > Sxi.ACT_SIZE ? Optional.of(new Landing(0, i, s - Sxi.ACT_SIZE)) : Optional.empty();
            }
            if (time >= after && time < after + t.transferAfter()) {
                int s = shift(time - after, t.transferAfter());
                return actY + s <= Sxi.ACT_SIZE ? Optional.of(new Landing(0, i, s)) : Optional.empty();
            }
        }
        return live(rows, time);
    }

    private static int shift(double since, double transfer) {
        return (int) (Sxi.ACT_SIZE * since / transfer);
    }

    private static Landing moved(double since, double transfer, int actY, Landing old, Landing following) {
        int s = shift(since, transfer);
        return actY + s <= Sxi.ACT_SIZE ? new Landing(old.back, old.exposure, s)
                : new Landing(0, following.exposure, s - Sxi.ACT_SIZE);
    }
}
