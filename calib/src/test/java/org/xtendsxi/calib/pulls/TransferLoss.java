// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.pulls;

import java.util.Arrays;

/**
 * Charge lost in transfer with charge injection: the formula of energy-chain section 7.2 turned round, for readout of
 * the full window. A pixel arrives with p where it was released with p/f(p).
 *
 * @param fast NORM, PROB, SCALE, INDEX of the fast transfer
 * @param slow those of the slow transfer
 */
record TransferLoss(double[] fast, double[] slow) {
    static final TransferLoss NONE = new TransferLoss(new double[4], new double[4]);
    /** Rows from one injected row to the next. */
    static final int PERIOD = 80;
    /** The first of them but one. */
    static final int OFFSET = 40;
    private static final int FIRST = 1;
    private static final int FAST_ROWS = 641;
    private static final int UNDERCLOCK = 8;
    private static final double REFERENCE = 1000;
    private static final double CUT = 30;
    private static final double LEAST = 0.2;
    private static final int ROUNDS = 4;

    /** Rows from the injected row ahead. */
    static int distance(int y) {
        return y < OFFSET ? y - FIRST : (y - OFFSET) % PERIOD;
    }

    /** What arrives of a charge, channels. */
    double arriving(double released, int y) {
        if (fast[0] == 0 && slow[0] == 0 || released < LEAST) {
            return released;
        }
        int d = distance(y);
        double leftF = 1 - fast[1] * Math.exp(-d / fast[2]);
        double leftS = 1 - slow[1] * Math.exp(-d / slow[2]);
        double p = released;
        for (int i = 0; i < ROUNDS; i++) {
            double log = Math.log(Math.max(p, CUT) / REFERENCE);
            double f = fast[0] * Math.exp(fast[3] * log);
            double s = slow[0] * Math.exp(slow[3] * log);
            p = released * Math.exp((FAST_ROWS - d) * Math.log1p(-f * leftF) + d * Math.log1p(-f)
                    + (y + UNDERCLOCK - 1) * Math.log1p(-s * leftS));
        }
        return p;
    }

    /** Value of a parameter of the CTI table, such as PARA_F_NORM. */
    double value(String parameter) {
        double[] of = parameter.contains("_F_") ? fast : slow;
        return of[Arrays.asList("NORM", "PROB", "SCALE", "INDEX").indexOf(parameter.substring(7))];
    }
}
