// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.cti;

import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.pulse.Readout;

/**
 * Charge that arrives after all transfers, without anomalous rows (energy-chain sections 7.2.3 to 7.2.6):
 * ln(arriving/released) = -c0_F * A_F(row) - c0_S * A_S(row), where A counts the transfers, each weighted by the part
 * of the loss that charge injection leaves. Losses per transfer are so small that their squares do not matter (1e-9 of
 * pulse height per transfer).
 */
final class CtiModel {
    private final int fastRows;
    private final int slowRows;
    private final Readout.Injection injection;
    private final double phRef;
    private final double phCut;

    /**
     * A model.
     *
     * @param readout geometry and charge injection
     * @param segment index of the segment, 2*CCD_ID + SEGMENT
     * @param phRef PH_REF, channels
     * @param phCut PH_CUT, channels
     */
    CtiModel(Readout readout, int segment, double phRef, double phCut) {
        this.fastRows = readout.imageRows()[segment] + readout.windowStart();
        this.slowRows = readout.vertical()[segment] - 1;
        this.injection = readout.injection();
        this.phRef = phRef;
        this.phCut = phCut;
    }

    /** Rows from the injected row ahead; 0 without charge injection. */
    int distance(int y) {
        if (injection.status() == 0) {
            return 0;
        }
        return y < injection.offset() ? y - injection.first() : (y - injection.offset()) % injection.period();
    }

    /** Weighted fast transfers of every row 1..640 (element y). */
    double[] fast(double[] v) {
        double[] a = new double[Sxi.ACT_SIZE + 1];
        for (int y = 1; y <= Sxi.ACT_SIZE; y++) {
            int d = distance(y);
            a[y] = (fastRows - d) * left(v, CtiTerm.F_PROB, CtiTerm.F_SCALE, d) + d;
        }
        return a;
    }

    /** Weighted slow transfers of every row 1..640 (element y). */
    double[] slow(double[] v) {
        double[] a = new double[Sxi.ACT_SIZE + 1];
        for (int y = 1; y <= Sxi.ACT_SIZE; y++) {
            a[y] = (y + slowRows) * left(v, CtiTerm.S_PROB, CtiTerm.S_SCALE, distance(y));
        }
        return a;
    }

    private double left(double[] v, CtiTerm prob, CtiTerm scale, int distance) {
        return injection.status() == 0 ? 1 - v[prob.ordinal()]
                : 1 - v[prob.ordinal()] * Math.exp(-distance / v[scale.ordinal()]);
    }

    /** Power of pulse height of a transfer; constant below PH_CUT. */
    double power(double[] v, CtiTerm index, double pulse) {
        return Math.pow(Math.max(pulse, phCut) / phRef, v[index.ordinal()]);
    }

    /** ln(arriving/released) of an arriving pulse height in a row, from {@link #fast} and {@link #slow}. */
    double logRemaining(double[] v, double pulse, double fast, double slow) {
        return -v[CtiTerm.F_NORM.ordinal()] * power(v, CtiTerm.F_INDEX, pulse) * fast
                - v[CtiTerm.S_NORM.ordinal()] * power(v, CtiTerm.S_INDEX, pulse) * slow;
    }
}
