// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer.Optimum;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DiagonalMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.util.Pair;
import org.xtendsxi.pipeline.measure.LineFit;

/**
 * The peak of a line in pulse height: a Gaussian fitted over centroid ± 1.5 FWHM like
 * {@link org.xtendsxi.pipeline.measure.LineFit}, but with the variance of the model and not of the data as weight.
 * Repeated until the weights stand, this is the maximum of the Poisson likelihood, so that bins with few counts do not
 * pull the centroid; calibration fits many small histograms.
 *
 * @param centre centroid, channels
 * @param centreError 1-sigma error, channels
 * @param sigma width, channels
 * @param sigmaError 1-sigma error, channels
 * @param counts counts in the fitted range
 * @param chi2 chi-squared with the variance of the model
 * @param degrees degrees of freedom
 */
public record Peak(double centre, double centreError, double sigma, double sigmaError, long counts, double chi2,
        int degrees) {
    /** Fewest counts of a fit that is not asked for more. */
    public static final int MIN_COUNTS = 50;
    private static final double HALF_RANGE = 1.5 * LineFit.FWHM_PER_SIGMA;
    private static final int MAX_ROUNDS = 30;
    private static final double SMALL_STEP = 1e-3;
    private static final double LEAST = 1e-3;
    private static final double WIDEST = 3;

    /**
     * Fits the peak of a histogram.
     *
     * @param bank histograms
     * @param counts counts of one, or of a sum
     * @param near where the peak is sought, channels
     * @param reach how far from there, channels
     * @param sigma width to start with, channels; a result more than three times wider or narrower is no line
     * @return the peak; empty if there are too few counts, no line, or no convergence
     */
    public static Optional<Peak> fit(HistogramBank bank, int[] counts, double near, double reach, double sigma) {
        double centre = highest(bank, counts, near, reach, sigma);
        double width = sigma;
        Optional<Peak> fit = Optional.empty();
        double[] start = {};
        for (int round = 0; round < MAX_ROUNDS; round++) {
            int low = bin(bank, centre - HALF_RANGE * width);
            int high = bin(bank, centre + HALF_RANGE * width);
            Optional<Fitted> f = once(bank, counts, low, high, start.length > 0 ? start
                    : new double[] {height(counts, low, high), centre, width});
            if (f.isEmpty()) {
                return Optional.empty();
            }
            start = f.get().point();
            fit = Optional.of(f.get().peak());
            double step = Math.abs(start[1] - centre) + Math.abs(Math.abs(start[2]) - width);
            centre = start[1];
            width = Math.abs(start[2]);
            if (Math.abs(centre - near) > reach || width > WIDEST * sigma || width < sigma / WIDEST) {
                return Optional.empty();
            }
            if (step < SMALL_STEP && round > 2) {
                break;
            }
        }
        // the range goes with the peak: of a line that charge loss has bent, two ranges may lead to each other for
        // ever, and either tells where the line is; what goes into a fit is measured by NaturalPeak, which must settle
        return fit;
    }

    private record Fitted(Peak peak, double[] point) {
    }

    private static double height(int[] counts, int low, int high) {
        return Math.max(1, Arrays.stream(counts, low, high + 1).max().orElse(1));
    }

    private static int bin(HistogramBank bank, double value) {
        return (int) Math.clamp(Math.floor((value - bank.low()) / bank.width()), 0, bank.bins() - 1.0);
    }

    /** Highest point of a running mean over two sigma. */
    static double highest(HistogramBank bank, int[] counts, double near, double reach, double sigma) {
        int from = bin(bank, near - reach);
        int to = bin(bank, near + reach);
        int half = (int) Math.max(1, Math.round(sigma / bank.width()));
        int best = bin(bank, near);
        long most = -1;
        for (int c = from; c <= to; c++) {
            long sum = 0;
            for (int k = Math.max(0, c - half); k <= Math.min(counts.length - 1, c + half); k++) {
                sum += counts[k];
            }
            if (sum > most) {
                most = sum;
                best = c;
            }
        }
        return bank.middle(best);
    }

    /** One fit with the weights that the start implies. */
    private static Optional<Fitted> once(HistogramBank bank, int[] counts, int low, int high, double[] start) {
        long total = Arrays.stream(counts, low, high + 1).asLongStream().sum();
        int n = high - low + 1;
        if (total < MIN_COUNTS || n < 5) {
            return Optional.empty();
        }
        double[] y = new double[n];
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = counts[low + i];
            x[i] = bank.middle(low + i);
        }
        double[] weight = model(start, x).getFirst().toArray();
        Arrays.setAll(weight, i -> 1 / Math.max(LEAST, weight[i]));
        try {
            Optimum best = new LevenbergMarquardtOptimizer().optimize(new LeastSquaresBuilder().start(start).target(y)
                    .weight(new DiagonalMatrix(weight)).model(v -> model(v.toArray(), x)).maxEvaluations(1000)
                    .maxIterations(1000).build());
            double[] p = best.getPoint().toArray();
            RealVector error = best.getSigma(1e-12);
            return Optional.of(new Fitted(new Peak(p[1], error.getEntry(1), Math.abs(p[2]), error.getEntry(2), total,
                    best.getCost() * best.getCost(), n - p.length), p));
        } catch (MathIllegalStateException | SingularMatrixException e) {
            return Optional.empty();
        }
    }

    private static Pair<RealVector, RealMatrix> model(double[] p, double[] x) {
        double[] value = new double[x.length];
        double[][] jacobian = new double[x.length][3];
        for (int i = 0; i < x.length; i++) {
            double u = (x[i] - p[1]) / p[2];
            double g = Math.exp(-u * u / 2);
            value[i] = p[0] * g;
            jacobian[i][0] = g;
            jacobian[i][1] = p[0] * g * u / p[2];
            jacobian[i][2] = p[0] * g * u * u / p[2];
        }
        return new Pair<>(new ArrayRealVector(value, false), new Array2DRowRealMatrix(jacobian, false));
    }

    /** Full width at half maximum, channels. */
    public double fwhm() {
        return sigma * LineFit.FWHM_PER_SIGMA;
    }
}
