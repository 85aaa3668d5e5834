// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.cti;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.table.AnomalyRegions;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationLine;
import org.xtendsxi.calib.common.LineWindow;
import org.xtendsxi.calib.common.Pulls;
import org.xtendsxi.calib.common.Selection;
import org.xtendsxi.pipeline.pulse.Readout;

/**
 * Known losses are found again within the stated uncertainties. The events are made here from the formula of
 * energy-chain sections 7.2.3 to 7.2.6, transfer by transfer.
 */
@Tag("validation")
class CtiPullTest {
    private static final Readout READOUT = new Readout("WINDOW1", 0, 1, 1, new Readout.Injection(1, 80, 1, 0), all(4),
            all(0), all(640), all(0), all(40));
    private static final double[] TRUTH = {2e-5, 0.5, 40, -0.3, 4e-5, 0.5, 25, -0.4};
    private static final double PH_REF = 1000;
    private static final double PH_CUT = 30;
    private static final double REFERENCE_ERROR = 0.25;
    private static final double[] RELEASED = {730, 1305};
    private static final double[] SIGMA = {9, 11.5};
    private static final int EVENTS = 96000;
    private static final int SEGMENT = 0;

    private static int[] all(int v) {
        int[] a = new int[8];
        Arrays.fill(a, v);
        return a;
    }

    /**
     * What arrives of a charge: the correction divides by the factors of all transfers at the arriving pulse height.
     */
    static double arriving(double released, int y, double[] v) {
        int d = (y - 1) % 80;
        double p = released;
        for (int i = 0; i < 8; i++) {
            double ratio = Math.max(p, PH_CUT) / PH_REF;
            double c0F = v[0] * Math.pow(ratio, v[3]);
            double cF = c0F * (1 - v[1] * Math.exp(-d / v[2]));
            double cS = v[4] * Math.pow(ratio, v[7]) * (1 - v[5] * Math.exp(-d / v[6]));
            p = released * Math.pow(1 - cF, 641 - d) * Math.pow(1 - c0F, d) * Math.pow(1 - cS, y - 1);
        }
        return p;
    }

    static List<LineWindow> windows(double[] reference) {
        LineWindow[] w = new LineWindow[reference.length];
        for (int l = 0; l < w.length; l++) {
            double[] at = new double[SegmentRow.COUNT];
            Arrays.fill(at, reference[l]);
            w[l] = new LineWindow(new CalibrationLine("line" + l, 6 * reference[l]), at, SIGMA[l], 0.1, 0);
        }
        return List.of(w);
    }

    @Test
    void parametersLieWithinTheirUncertainties() {
        Pulls pulls = new Pulls();
        CtiModel model = new CtiModel(READOUT, 0, PH_REF, PH_CUT);
        double[][] rows = rows();
        IntStream.range(0, Pulls.SEEDS).parallel().mapToObj(seed -> experiment(model, rows, seed)).toList()
                .forEach(r -> {
            for (CtiTerm t : CtiTerm.values()) {
                pulls.add(t.column(), r.values()[t.ordinal()], TRUTH[t.ordinal()], r.errors()[t.ordinal()]);
            }
            pulls.add("CHI2", r.chi2(), r.degrees(), Math.sqrt(2.0 * r.degrees()));
        });
        pulls.check();
    }

    private static double[][] rows() {
        double[][] rows = new double[RELEASED.length][2 * 641];
        for (int l = 0; l < RELEASED.length; l++) {
            for (int y = 1; y <= 640; y++) {
                // of the peak and of one sigma above: over a line the loss is linear in pulse height
                rows[l][y] = arriving(RELEASED[l], y, TRUTH);
                rows[l][y + 641] = arriving(RELEASED[l] + SIGMA[l], y, TRUTH);
            }
        }
        return rows;
    }

    private static CtiFit.Result experiment(CtiModel model, double[][] rows, int seed) {
        RandomGenerator random = Pulls.random(20190101L + seed);
        double[] reference = RELEASED.clone();
        for (int l = 0; l < reference.length; l++) {
            reference[l] += REFERENCE_ERROR * random.nextGaussian();
        }
        CtiTally tally = new CtiTally(windows(RELEASED), Selection.singles(Selection.Source.ALL), AnomalyRegions.none(),
                8);
        for (int l = 0; l < RELEASED.length; l++) {
            for (int i = 0; i < EVENTS; i++) {
                int y = 1 + random.nextInt(640);
                double z = random.nextGaussian();
                tally.add(SEGMENT, y, rows[l][y] + z * (rows[l][y + 641] - rows[l][y]));
            }
        }
        double[] start = {1e-5, 0.4, 25, -0.2, 0.8e-5, 0.2, 40, -0.2};
        return new CtiFit(model, tally.points(SEGMENT, 270), reference, new double[] {REFERENCE_ERROR, REFERENCE_ERROR})
                .run(start, EnumSet.allOf(CtiTerm.class)).orElseThrow();
    }

    @Test
    void correctionOfTheResultRestoresTheLine() {
        CtiModel model = new CtiModel(READOUT, 0, PH_REF, PH_CUT);
        double[] fast = model.fast(TRUTH);
        double[] slow = model.slow(TRUTH);
        for (int y = 1; y <= 640; y += 7) {
            double p = arriving(958, y, TRUTH);
            double restored = p * Math.exp(-model.logRemaining(TRUTH, p, fast[y], slow[y]));
            // the squares of the losses per transfer that the model leaves out: half of 640 * (2e-5)^2 of 958 channels
            assertThat(restored).isCloseTo(958, org.assertj.core.api.Assertions.within(1e-3));
        }
    }

    @Test
    void dataThatDoNotTellTheParametersAreRefused() {
        CtiModel model = new CtiModel(READOUT, 0, PH_REF, PH_CUT);
        CtiFit.Point one = new CtiFit.Point(0, new int[] {100, 50}, 940, 1);
        CtiFit fit = new CtiFit(model, List.of(one, one, one), new double[] {958}, new double[] {0.25});
        assertThat(fit.run(TRUTH, CtiFit.free(1, true))).isEmpty();
    }
}
