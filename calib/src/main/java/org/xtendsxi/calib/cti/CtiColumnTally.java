// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.cti;

import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Second reading of one segment: how each of its 320 columns differs from the segment. Kept are sums only. The
 * logarithm of an event's pulse height over the expected one is, to first order, -f*x_F - s*x_S for a column whose fast
 * and slow losses are 1+f and 1+s times those of the segment, x being the logarithmic losses of the event.
 */
final class CtiColumnTally {
    /** Rows of a bin in which residuals are kept for the search of anomalous rows. */
    static final int BIN = 16;
    /** Bins of a column. */
    static final int BINS = Sxi.ACT_SIZE / BIN;
    private static final double RANGE = 3.5;
    private static final int COLUMNS = Sxi.RAW_COLUMNS;

    private final CtiModel model;
    private final double[] values;
    private final double[] reference;
    private final double[] sigma;
    private final double[] fast;
    private final double[] slow;
    private final double[] normal = new double[COLUMNS * 3];
    private final double[] right = new double[COLUMNS * 2];
    private final double[][] weightedLoss;
    private final double[][] offset;
    private final double[] residual = new double[COLUMNS * BINS];
    private final double[] weight = new double[COLUMNS * BINS];
    private final long[] counts = new long[COLUMNS];
    private double effective;
    private long events;

    /**
     * Departure of a column from its segment.
     *
     * @param fast relative change of the fast loss
     * @param fastError 1-sigma
     * @param slow relative change of the slow loss
     * @param slowError 1-sigma
     * @param counts events
     */
    record Departure(double fast, double fastError, double slow, double slowError, long counts) {
    }

    /**
     * An empty tally.
     *
     * @param model geometry of the segment
     * @param fit what the first reading found
     * @param sigma width of each line, channels
     */
    CtiColumnTally(CtiModel model, CtiFit.Result fit, double[] sigma) {
        this.model = model;
        this.values = fit.values();
        this.reference = fit.reference();
        this.sigma = sigma.clone();
        this.fast = model.fast(values);
        this.slow = model.slow(values);
        this.weightedLoss = new double[reference.length][COLUMNS * 2];
        this.offset = new double[reference.length][2];
    }

    /** Takes an event; says whether it belongs to one of the lines. */
    boolean add(int rawX, int actY, double pulse) {
        if (pulse <= 0) {
            return false;
        }
        double xF = values[CtiTerm.F_NORM.ordinal()] * model.power(values, CtiTerm.F_INDEX, pulse) * fast[actY];
        double xS = values[CtiTerm.S_NORM.ordinal()] * model.power(values, CtiTerm.S_INDEX, pulse) * slow[actY];
        for (int l = 0; l < reference.length; l++) {
            double expected = reference[l] * Math.exp(-xF - xS);
            if (Math.abs(pulse - expected) < RANGE * sigma[l]) {
                double relative = sigma[l] / expected;
                add(l, rawX, actY, Math.log(pulse / expected), 1 / (relative * relative), xF, xS);
                return true;
            }
        }
        return false;
    }

    private void add(int line, int rawX, int actY, double r, double w, double xF, double xS) {
        normal[rawX * 3] += w * xF * xF;
        normal[rawX * 3 + 1] += w * xF * xS;
        normal[rawX * 3 + 2] += w * xS * xS;
        right[rawX * 2] -= w * r * xF;
        right[rawX * 2 + 1] -= w * r * xS;
        weightedLoss[line][rawX * 2] += w * xF;
        weightedLoss[line][rawX * 2 + 1] += w * xS;
        offset[line][0] += r;
        offset[line][1]++;
        int bin = rawX * BINS + (actY - 1) / BIN;
        residual[bin] += w * r;
        weight[bin] += w;
        counts[rawX]++;
        effective += xF / (values[CtiTerm.F_NORM.ordinal()] * fastRows(actY));
        events++;
    }

    private double fastRows(int actY) {
        return Math.max(1, fast[actY] / meanLeft(actY));
    }

    /** Part of the fast loss that charge injection leaves at a row. */
    private double meanLeft(int actY) {
        double p = values[CtiTerm.F_PROB.ordinal()];
        return 1 - p * Math.exp(-model.distance(actY) / values[CtiTerm.F_SCALE.ordinal()]);
    }

    /** Mean loss per fast transfer of the events in units of F_NORM. */
    double effectiveLoss() {
        return events == 0 ? 1 : effective / events;
    }

    /** Events of all columns. */
    long events() {
        return events;
    }

    /**
     * Departures of all columns. Columns of a segment are known to scatter little, which enters as a measurement
     * 0 ± scatter of each; a column with few events stays with its segment.
     *
     * @param scatter 1-sigma scatter of columns, relative
     */
    List<Departure> departures(double scatter) {
        double prior = 1 / (scatter * scatter);
        Departure[] out = new Departure[COLUMNS];
        for (int x = 0; x < COLUMNS; x++) {
            double bF = right[x * 2];
            double bS = right[x * 2 + 1];
            for (int l = 0; l < reference.length; l++) {
                double o = offset[l][1] == 0 ? 0 : offset[l][0] / offset[l][1];
                bF += o * weightedLoss[l][x * 2];
                bS += o * weightedLoss[l][x * 2 + 1];
            }
            double a = normal[x * 3] + prior;
            double b = normal[x * 3 + 1];
            double c = normal[x * 3 + 2] + prior;
            double det = a * c - b * b;
            out[x] = new Departure((bF * c - bS * b) / det, Math.sqrt(c / det), (bS * a - bF * b) / det,
                    Math.sqrt(a / det), counts[x]);
        }
        return Arrays.asList(out);
    }

    /** Residuals of a column by bin of rows, less those of the segment: mean logarithm, then weight. */
    double[][] residuals(int rawX) {
        double[][] out = new double[2][BINS];
        for (int k = 0; k < BINS; k++) {
            double sum = 0;
            double w = 0;
            for (int x = 0; x < COLUMNS; x++) {
                sum += residual[x * BINS + k];
                w += weight[x * BINS + k];
            }
            double mine = weight[rawX * BINS + k];
            out[1][k] = mine;
            out[0][k] = mine == 0 ? 0 : residual[rawX * BINS + k] / mine - sum / w;
        }
        return out;
    }
}
