// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.cti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.calib.common.Pulls;
import org.xtendsxi.pipeline.pulse.Readout;

/** Columns that lose more or less than their segment, and anomalous rows, are found again. */
@Tag("validation")
class CtiColumnsTest {
    private static final double[] TRUTH = {2e-5, 0.5, 30, -0.3, 1e-5, 0.3, 50, -0.4};
    private static final double RELEASED = 958;
    private static final double SIGMA = 10;
    private static final int COLUMNS = 320;

    private static int[] all(int v) {
        int[] a = new int[8];
        java.util.Arrays.fill(a, v);
        return a;
    }

    private static CtiColumnTally tally() {
        Readout readout = new Readout("WINDOW1", 0, 1, 1, new Readout.Injection(1, 80, 1, 0), all(4), all(0), all(640),
                all(0), all(40));
        return new CtiColumnTally(new CtiModel(readout, 0, 1000, 30), new CtiFit.Result(TRUTH, new double[8],
                new double[] {RELEASED}, 0, 0), new double[] {SIGMA});
    }

    @Test
    void departuresLieWithinTheirUncertainties() {
        RandomGenerator random = Pulls.random(7);
        CtiColumnTally tally = tally();
        double[] fast = new double[COLUMNS];
        double[] slow = new double[COLUMNS];
        for (int x = 0; x < COLUMNS; x++) {
            fast[x] = 0.1 * random.nextGaussian();
            slow[x] = 0.1 * random.nextGaussian();
            double[] v = TRUTH.clone();
            v[0] *= 1 + fast[x];
            v[4] *= 1 + slow[x];
            for (int i = 0; i < 1200; i++) {
                int y = 1 + random.nextInt(640);
                tally.add(x, y, CtiPullTest.arriving(RELEASED + SIGMA * random.nextGaussian(), y, v));
            }
        }
        Pulls pulls = new Pulls();
        List<CtiColumnTally.Departure> found = tally.departures(0.1);
        for (int x = 0; x < COLUMNS; x++) {
            pulls.add("fast", found.get(x).fast(), fast[x], found.get(x).fastError());
            pulls.add("slow", found.get(x).slow(), slow[x], found.get(x).slowError());
        }
        pulls.check();
        assertThat(found.getFirst().fastError()).isLessThan(0.05);
    }

    @Test
    void anomalousRowsAreFoundAndOthersAreNot() {
        RandomGenerator random = Pulls.random(8);
        CtiColumnTally tally = tally();
        for (int x = 0; x < COLUMNS; x++) {
            for (int i = 0; i < 600; i++) {
                int y = 1 + random.nextInt(640);
                double p = CtiPullTest.arriving(RELEASED + SIGMA * random.nextGaussian(), y, TRUTH);
                // column 50 loses 1e-4 more in each of the rows 193 to 352
                double passed = x == 50 ? Math.clamp(y - 192.0, 0, 160) : 0;
                tally.add(x, y, p * Math.exp(-1e-4 * passed));
            }
        }
        for (int x = 0; x < COLUMNS; x++) {
            double[][] r = tally.residuals(x);
            var stretch = AnomalySearch.find(r[0], r[1], CtiColumnTally.BIN, 40);
            assertThat(stretch.isPresent()).as("column %d", x).isEqualTo(x == 50);
            stretch.ifPresent(s -> {
                assertThat(s.min()).isBetween(193 - 64, 193 + 64);
                assertThat(s.max()).isBetween(352 - 64, 352 + 64);
                assertThat((s.max() - s.min() + 1) * s.loss()).isCloseTo(0.016, within(0.003));
            });
        }
    }
}
