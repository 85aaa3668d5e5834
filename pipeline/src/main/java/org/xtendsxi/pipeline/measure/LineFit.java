// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.measure;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer.Optimum;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DiagonalMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.util.Pair;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * A Gaussian fitted to a line of a spectrum over centroid ± 1.5 FWHM, iterated until the range stands; least squares
 * with the square root of the counts as error (1 for an empty channel), as spectra are commonly fitted.
 *
 * @param energy centroid, eV
 * @param energyError 1-sigma error, eV
 * @param fwhm full width at half maximum, eV
 * @param fwhmError 1-sigma error, eV
 * @param counts counts in the fitted range
 * @param chi2 chi-squared
 * @param degrees degrees of freedom
 */
public record LineFit(double energy, double energyError, double fwhm, double fwhmError, long counts, double chi2,
        int degrees) {
    /** FWHM of a Gaussian in units of its sigma. */
    public static final double FWHM_PER_SIGMA = 2 * Math.sqrt(2 * Math.log(2));
    private static final double HALF_RANGE = 1.5;
    private static final double FIRST_FWHM = 180;
    private static final int MAX_ITERATIONS = 20;
    private static final int MIN_COUNTS = 100;

    /**
     * Fits a line.
     *
     * @param counts counts per PI channel from channel 0
     * @param near energy near which the line is sought, eV
     * @return the fit, or empty if there are fewer than 100 counts or it does not converge
     */
    public static Optional<LineFit> of(long[] counts, double near) {
        double centre = peak(counts, near);
        double fwhm = FIRST_FWHM;
        Optional<LineFit> fit = Optional.empty();
        for (int i = 0; i < MAX_ITERATIONS; i++) {
            int low = (int) Math.max(0, Math.ceil((centre - HALF_RANGE * fwhm) / Sxi.EV_PER_CHANNEL - 0.5));
            int high = (int) Math.min(counts.length - 1.0,
                    Math.floor((centre + HALF_RANGE * fwhm) / Sxi.EV_PER_CHANNEL - 0.5));
            fit = gaussian(counts, low, high, centre, fwhm);
            if (fit.isEmpty()) {
                return fit;
            }
            boolean stands = Math.abs(fit.get().energy - centre) < 0.01 && Math.abs(fit.get().fwhm - fwhm) < 0.01;
            centre = fit.get().energy;
            fwhm = fit.get().fwhm;
            if (stands) {
                break;
            }
        }
        return fit;
    }

    /** Highest point of a running mean over 60 eV within ±300 eV. */
    private static double peak(long[] counts, double near) {
        int from = (int) Math.max(5, (near - 300) / Sxi.EV_PER_CHANNEL);
        int to = (int) Math.min(counts.length - 6.0, (near + 300) / Sxi.EV_PER_CHANNEL);
        int best = from;
        long most = -1;
        for (int c = from; c <= to; c++) {
            long sum = 0;
            for (int k = -5; k <= 5; k++) {
                sum += counts[c + k];
            }
            if (sum > most) {
                most = sum;
                best = c;
            }
        }
        return Sxi.energy(best);
    }

    private static Optional<LineFit> gaussian(long[] counts, int low, int high, double centre, double fwhm) {
        long total = Arrays.stream(counts, low, high + 1).sum();
        if (total < MIN_COUNTS || high - low < 4) {
            return Optional.empty();
        }
        int n = high - low + 1;
        double[] y = new double[n];
        double[] weight = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = counts[low + i];
            weight[i] = 1 / Math.max(1, y[i]);
        }
        double height = Arrays.stream(y).max().orElseThrow();
        double[] p = {height, centre, fwhm / FWHM_PER_SIGMA};
        try {
            Optimum best = new LevenbergMarquardtOptimizer().optimize(new LeastSquaresBuilder().start(p).target(y)
                    .weight(new DiagonalMatrix(weight)).model(v -> model(v.toArray(), low, n)).maxEvaluations(1000)
                    .maxIterations(1000).build());
            p = best.getPoint().toArray();
            RealVector sigma = best.getSigma(1e-12);
            return Optional.of(new LineFit(p[1], sigma.getEntry(1), Math.abs(p[2]) * FWHM_PER_SIGMA,
                    sigma.getEntry(2) * FWHM_PER_SIGMA, total, best.getCost() * best.getCost(), n - p.length));
        } catch (MathIllegalStateException | SingularMatrixException e) {
            return Optional.empty();
        }
    }

    private static Pair<RealVector, RealMatrix> model(double[] p, int low, int n) {
        double[] value = new double[n];
        double[][] jacobian = new double[n][3];
        for (int i = 0; i < n; i++) {
            double u = (Sxi.energy(low + i) - p[1]) / p[2];
            double g = Math.exp(-u * u / 2);
            value[i] = p[0] * g;
            jacobian[i][0] = g;
            jacobian[i][1] = p[0] * g * u / p[2];
            jacobian[i][2] = p[0] * g * u * u / p[2];
        }
        return new Pair<>(new ArrayRealVector(value, false), new Array2DRowRealMatrix(jacobian, false));
    }
}
