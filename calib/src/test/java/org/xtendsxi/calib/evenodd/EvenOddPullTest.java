// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.evenodd;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationLine;
import org.xtendsxi.calib.common.LineWindow;
import org.xtendsxi.calib.common.Pulls;

/** Known gains of a parity of columns are found again within the stated uncertainties (energy-chain section 6.4). */
@Tag("validation")
class EvenOddPullTest {
    private static final double[] TARGET = {426, 730, 1305};
    private static final double[] SIGMA = {7, 9, 11.5};
    private static final double ERROR = 0.25;
    private static final double NORM = 1.1;
    private static final double LINEAR = 1.013;
    private static final double QUADRATIC = 1.5e-6;
    private static final int EVENTS = 6000;

    @Test
    void gainAndTemperatureLieWithinTheirUncertainties() {
        Pulls pulls = new Pulls();
        for (int seed = 0; seed < Pulls.SEEDS; seed++) {
            RandomGenerator random = Pulls.random(77000 + seed);
            EvenOddTally tally = new EvenOddTally(windows(), 15, 1, 6);
            int key = EvenOddTally.key(2, 0, 1);
            for (int l = 0; l < TARGET.length; l++) {
                for (int i = 0; i < EVENTS; i++) {
                    double vt = 15 + 6 * random.nextDouble();
                    double factor = 1 + NORM * (vt - 25) / 1000;
                    double p = TARGET[l] + SIGMA[l] * random.nextGaussian();
                    // raw/factor = r with LINEAR*r + QUADRATIC*r^2 = p
                    double raw = (Math.sqrt(LINEAR * LINEAR + 4 * QUADRATIC * p) - LINEAR) / (2 * QUADRATIC) * factor;
                    tally.add(key, vt, Math.floor(raw) + 0.5);
                }
            }
            double[] target = TARGET.clone();
            Arrays.setAll(target, l -> TARGET[l] + ERROR * random.nextGaussian());
            EvenOddFit fit = new EvenOddFit(tally.points(2, key, 300), target, ERROR,
                    new EvenOddFit.Temperature(1, -40, 25, 1000));
            EvenOddFit.Result r = fit.run(new double[] {0, 0, 1, 0}, new boolean[] {true, false, true, true})
                    .orElseThrow();
            pulls.add("VT_GAIN_NORM", r.values()[0], NORM, r.errors()[0]);
            pulls.add("GAIN_LINR", r.values()[2], LINEAR, r.errors()[2]);
            pulls.add("GAIN_QUAD", r.values()[3], QUADRATIC, r.errors()[3]);
        }
        pulls.check();
    }

    private static List<LineWindow> windows() {
        LineWindow[] w = new LineWindow[TARGET.length];
        for (int l = 0; l < w.length; l++) {
            double[] at = new double[SegmentRow.COUNT];
            Arrays.fill(at, TARGET[l]);
            w[l] = new LineWindow(new CalibrationLine("line" + l, 6 * TARGET[l]), at, SIGMA[l], 0.06, 0.06);
        }
        return List.of(w);
    }
}
