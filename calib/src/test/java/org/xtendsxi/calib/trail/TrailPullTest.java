// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.Pulls;

/** Known trails are found again within the stated uncertainties (formula of energy-chain section 7.1). */
@Tag("validation")
class TrailPullTest {
    private static final double[] PEAKS = {730, 1305};
    private static final double[] SIGMA = {9, 11.5};
    private static final double NOISE = 7.6;
    private static final double SPLIT = 0.03;
    private static final int EVENTS = 20000;
    private static final int ROWS = 640;

    @Test
    void normAndPowerLieWithinTheirUncertainties() {
        Pulls pulls = new Pulls();
        double norm = 5e-6;
        double index = -0.4;
        double reduced = 0;
        for (int seed = 0; seed < Pulls.SEEDS; seed++) {
            RandomGenerator random = Pulls.random(5000 + seed);
            TrailFit.Result r = fit(random, norm, index, 0, 0, new boolean[] {true, true, false, false});
            pulls.add("NORM", r.values()[0], norm, r.errors()[0]);
            pulls.add("INDEX", r.values()[1], index, r.errors()[1]);
            reduced += r.chi2() / r.degrees() / Pulls.SEEDS;
        }
        pulls.check();
        // variances come from the few hundred charges of a point, which makes chi-square a little larger than its
        // degrees
        assertThat(reduced).isBetween(0.97, 1.1);
    }

    @Test
    void echoLiesWithinItsUncertainties() {
        Pulls pulls = new Pulls();
        for (int seed = 0; seed < Pulls.SEEDS; seed++) {
            RandomGenerator random = Pulls.random(9000 + seed);
            TrailFit.Result r = fit(random, 1e-5, -0.3, -0.002, 0.5, new boolean[] {true, false, true, true});
            pulls.add("NORM", r.values()[0], 1e-5, r.errors()[0]);
            pulls.add("ESLOPE", r.values()[2], -0.002, r.errors()[2]);
            pulls.add("EOFFSET", r.values()[3], 0.5, r.errors()[3]);
        }
        pulls.check();
    }

    private static TrailFit.Result fit(RandomGenerator random, double norm, double index, double slope, double offset,
            boolean[] free) {
        double[][] peaks = new double[2][SegmentRow.COUNT];
        for (int l = 0; l < 2; l++) {
            Arrays.fill(peaks[l], PEAKS[l]);
        }
        TrailTally tally = new TrailTally(peaks, SIGMA, ROWS / 16);
        for (int l = 0; l < 2; l++) {
            for (int i = 0; i < EVENTS; i++) {
                int y = 1 + random.nextInt(ROWS);
                double transfers = y + 640;
                double p = PEAKS[l] + SIGMA[l] * random.nextGaussian();
                double trail = p * norm * Math.pow(p / 1000, index) * transfers - slope * p - offset;
                // charge that spreads, to either side alike, far enough to meet the cut
                double split = random.nextDouble() < SPLIT ? 160 * (random.nextDouble() - 0.5) : 0;
                tally.add(3, (y - 1) / 16, transfers, p, trail + split + NOISE * random.nextGaussian());
            }
        }
        double[] start = {3e-6, free[1] ? -0.1 : index, 0, 0};
        return new TrailFit(tally.points(3, 30), 1000, 30).run(start, free).orElseThrow();
    }
}
