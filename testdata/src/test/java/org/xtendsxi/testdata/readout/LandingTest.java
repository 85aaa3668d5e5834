// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.FrameTiming;

/** Out-of-time events (frames-and-science section 1.6). */
@Tag("validation")
class LandingTest {
    private static final RowMap FULL = RowMap.of(DataMode.WINDOW1, 1, 640);

    @Test
    void stripeOfAPointIsUniformOverAllRows() {
        int[] hits = new int[641];
        int before = 0;
        for (int i = 0; i < 6400; i++) {
            Landing at = Landing.any(FULL, 0.036864 * (i + 0.5) / 6400, 200).orElseThrow();
            hits[200 + at.shift()]++;
            before += at.back();
            assertThat(at.back()).isEqualTo(at.shift() >= 0 ? 1 : 0);
        }
        for (int y = 1; y <= 640; y++) {
            assertThat(hits[y]).isEqualTo(10);
        }
        assertThat(before).isEqualTo(4410);
        assertThat(Landing.any(FULL, 0.1, 200)).contains(new Landing(0, 0, 0));
    }

    /** All photons of the full window come out somewhere, 0.92 % of them out of time. */
    @Test
    void shareOfTheFullWindow() {
        assertThat(share(DataMode.WINDOW1, 200, true)).isCloseTo(1, within(1e-9));
        assertThat(share(DataMode.WINDOW1, 200, false)).isCloseTo(0.0092, within(1e-4));
        assertThat(share(DataMode.WINDOW2, 500, false)).isCloseTo(0.074, within(1e-3));
    }

    private static double share(DataMode mode, int y, boolean all) {
        RowMap rows = RowMap.of(mode, 455, 80);
        int n = 400_000;
        int seen = 0;
        for (int i = 0; i < n; i++) {
            double t = 4.0 * (i + 0.5) / n;
            Optional<Landing> any = Landing.any(rows, t, y);
            seen += any.isPresent() && (all || rows.exposure(t) == RowMap.NONE) ? 1 : 0;
        }
        return (double) seen / n;
    }

    /** In a burst what comes before is flushed out, but for the part that flows in behind the flush. */
    @Test
    void burstLosesWhatIsFlushed() {
        FrameTiming t = DataMode.WINDOW1BURST.timing();
        RowMap rows = RowMap.of(DataMode.WINDOW1BURST, 1, 640);
        assertThat(Landing.any(rows, t.deadBefore() / 2, 200)).isEmpty();
        double flush = t.liveStart(0) - t.flush();
        assertThat(Landing.any(rows, flush + t.flush() * 0.5, 200)).isEmpty();
        assertThat(Landing.any(rows, flush + t.flush() * 0.75 + 1e-7, 200)).contains(new Landing(0, 0, -160));
        double after = t.liveStart(0) + t.liveTime(0);
        assertThat(Landing.any(rows, after + t.transferAfter() * 0.25 + 1e-7, 200)).contains(new Landing(0, 0, 160));
        assertThat(Landing.any(rows, after + t.transferAfter() * 0.9, 200)).isEmpty();
    }
}
