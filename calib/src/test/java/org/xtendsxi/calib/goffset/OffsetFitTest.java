// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.goffset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.calib.common.Pulls;
import org.xtendsxi.calib.goffset.OffsetTally.Point;

/** Offsets of known shape come back from points that scatter about them. */
@Tag("validation")
class OffsetFitTest {
    private static final double JOINT = 306.5;
    private static final double[] PHA = {110, 180, 245, 430, 735, 960, 1310, 1608};
    private static final double[] LOW = {-17, 0.08, -1.2e-4};
    private static final double SLOPE = 0.0017;
    private static final double ERROR = 0.1;

    private static double truth(double p) {
        double joint = LOW[0] + LOW[1] * JOINT + LOW[2] * JOINT * JOINT;
        return p <= JOINT ? LOW[0] + LOW[1] * p + LOW[2] * p * p : joint + SLOPE * (p - JOINT);
    }

    private static List<Point> points(double scatter, RandomGenerator random, int first) {
        List<Point> all = new ArrayList<>();
        for (int i = first; i < PHA.length; i++) {
            all.add(new Point(PHA[i], truth(PHA[i]) + scatter * random.nextGaussian(), ERROR, 1000,
                    6));
        }
        return all;
    }

    @Test
    void piecesJoin() {
        OffsetFit f = OffsetFit.joined(points(0, Pulls.random(1), 0), JOINT, 0).orElseThrow();
        for (double p : new double[] {100, 200, JOINT, 400, 1700}) {
            assertThat(f.at(p)).as("at %.1f", p).isCloseTo(truth(p), within(1e-6));
        }
        assertThat(f.at(Math.nextUp(JOINT))).isCloseTo(f.at(JOINT), within(1e-9));
        assertThat(f.low()[2]).isCloseTo(LOW[2], within(1e-9));
        assertThat(f.middle()[1]).isCloseTo(SLOPE, within(1e-9));
        assertThat(f.middle()[2]).isZero();
    }

    @Test
    void withOneLineBelowBothPiecesAreStraight() {
        OffsetFit f = OffsetFit.joined(points(0, Pulls.random(1), 2), JOINT, 0).orElseThrow();
        assertThat(f.low()[2]).isZero();
        assertThat(f.at(PHA[2])).isCloseTo(truth(PHA[2]), within(1e-6));
        assertThat(f.at(1000)).isCloseTo(truth(1000), within(1e-6));
    }

    @Test
    void pullsOfTheJoinedPieces() {
        Pulls pulls = new Pulls();
        for (int seed = 0; seed < 2 * Pulls.SEEDS; seed++) {
            OffsetFit f = OffsetFit.joined(points(ERROR, Pulls.random(300 + seed), 0), JOINT, 0)
                    .orElseThrow();
            double[] truth = {LOW[0], LOW[1], LOW[2], SLOPE};
            for (int k = 0; k < truth.length; k++) {
                OffsetFit.Parameter p = f.parameters().get(k);
                pulls.add(p.name(), p.value(), truth[k], p.error());
            }
        }
        pulls.check();
    }
}
