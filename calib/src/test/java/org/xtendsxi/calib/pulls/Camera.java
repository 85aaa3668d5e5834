// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.pulls;

import java.util.random.RandomGenerator;

/**
 * One segment of a camera whose faults are known: the pulse heights of the 3x3 pixels of a photon, from the formulas of
 * energy-chain sections 6.4, 7.1, 7.2 turned round, in the order in which the camera does them. It shares no code with
 * the corrections.
 *
 * @param sharing how charge spreads
 * @param noise noise of a pixel, channels
 * @param loss charge lost in transfer
 * @param trail charge left to the next pixel
 * @param parity gain of even and odd columns
 */
record Camera(Sharing sharing, double noise, TransferLoss loss, Trail trail, Parity[] parity) {
    static final int PIXELS = 9;
    /** Row of each pixel of the 3x3 against the centre. */
    static final int[] ROW = {0, -1, -1, -1, 0, 0, 1, 1, 1};
    /** Column of each pixel. */
    static final int[] COLUMN = {0, -1, 0, 1, -1, 1, -1, 0, 1};
    /** Pixels of a row, in the order of readout. */
    private static final int[][] ALONG_ROW = {{1, 2, 3}, {4, 0, 5}, {6, 7, 8}};
    /** Pixels of a column, in the order of readout. */
    private static final int[][] ALONG_COLUMN = {{1, 4, 6}, {2, 0, 7}, {3, 5, 8}};
    private static final double REFERENCE = 1000;
    private static final double CUT = 30;
    private static final int ROUNDS = 4;

    /** How the charge of a photon lands on the pixels. */
    interface Sharing {
        /**
         * Shares it.
         *
         * @param pulse pulse height of all of it, channels
         * @param out that of each of nine pixels
         */
        void share(double pulse, RandomGenerator random, double[] out);
    }

    /**
     * Gain of a parity of columns.
     *
     * @param norm VT_GAIN_NORM with VT_GAIN_INDEX 1
     * @param reference VT_REF, C
     * @param linear GAIN_LINR
     * @param quadratic GAIN_QUAD, above 0
     */
    record Parity(double norm, double reference, double linear, double quadratic) {
        private double raw(double pulse, double vt) {
            double p = pulse > 0 ? (Math.sqrt(linear * linear + 4 * quadratic * pulse) - linear) / (2 * quadratic)
                    : pulse;
            return p * (1 + norm * (vt - reference) / REFERENCE);
        }
    }

    /**
     * Trails (section 7.1).
     *
     * @param normH NORM_H
     * @param indexH INDEX_H
     * @param normV NORM_V
     * @param indexV INDEX_V
     */
    record Trail(double normH, double indexH, double normV, double indexV) {
        private static final int UNDERCLOCK = 8;
        private static final int ROWS = 640;
        static final Trail NONE = new Trail(0, 0, 0, 0);

        private void apply(double[] p, int rawX, int actY) {
            double[] lostH = new double[PIXELS];
            double[] lostV = new double[PIXELS];
            for (int k = 0; k < PIXELS; k++) {
                double x = p[k];
                for (int i = 0; i < ROUNDS && p[k] > 0; i++) {
                    lostH[k] = x * rate(normH, indexH, x) * (rawX + COLUMN[k] + 1 + UNDERCLOCK);
                    lostV[k] = x * rate(normV, indexV, x) * (actY + ROW[k] + ROWS);
                    x = p[k] - lostH[k] - lostV[k];
                }
            }
            for (int k = 0; k < PIXELS; k++) {
                p[k] -= lostH[k] + lostV[k];
            }
            pass(p, lostH, ALONG_ROW);
            pass(p, lostV, ALONG_COLUMN);
        }

        private static void pass(double[] p, double[] lost, int[][] order) {
            for (int[] line : order) {
                p[line[1]] += lost[line[0]];
                p[line[2]] += lost[line[1]];
            }
        }

        private static double rate(double norm, double index, double x) {
            return norm * Math.pow(Math.max(x, CUT) / REFERENCE, index);
        }
    }

    /**
     * Pulse heights of a photon as the camera reports them, before they are cut to whole numbers.
     *
     * @param pulse pulse height of all charge, channels
     * @param vt temperature of the video board, C
     * @param out nine pixels
     */
    void expose(double pulse, int rawX, int actY, double vt, RandomGenerator random, double[] out) {
        sharing.share(pulse, random, out);
        for (int k = 0; k < PIXELS; k++) {
            out[k] = loss.arriving(out[k], actY + ROW[k]);
        }
        if (trail != Trail.NONE) {
            trail.apply(out, rawX, actY);
        }
        for (int k = 0; k < PIXELS; k++) {
            out[k] += noise * random.nextGaussian();
            if (parity.length > 0) {
                out[k] = parity[rawX + COLUMN[k] & 1].raw(out[k], vt);
            }
        }
    }

    /** The camera without faults but noise. */
    static Camera plain(Sharing sharing, double noise) {
        return new Camera(sharing, noise, TransferLoss.NONE, Trail.NONE, new Parity[0]);
    }

    /** The same with charge lost in transfer. */
    Camera with(TransferLoss other) {
        return new Camera(sharing, noise, other, trail, parity);
    }

    /** The same with trails. */
    Camera with(Trail other) {
        return new Camera(sharing, noise, loss, other, parity);
    }

    /** The same with a gain of each parity. */
    Camera with(Parity even, Parity odd) {
        return new Camera(sharing, noise, loss, trail, new Parity[] {even, odd});
    }

    /** The same with charge that spreads otherwise. */
    Camera with(Sharing other) {
        return new Camera(other, noise, loss, trail, parity);
    }
}
