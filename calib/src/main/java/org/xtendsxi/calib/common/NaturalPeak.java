// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.util.Pair;
import org.xtendsxi.pipeline.measure.LineFit;

/**
 * A line of known natural shape fitted to a histogram of pulse heights: the shape, broadened by a Gaussian of the
 * camera, over a constant; maximum of the Poisson likelihood by least squares with the variance of the model, over
 * centroid ± 1.5 FWHM as {@link LineFit}.
 *
 * @param centre where the mean energy of the line lies, channels
 * @param centreError 1-sigma error, channels
 * @param sigma broadening by the camera, channels
 * @param sigmaError 1-sigma error, channels
 * @param area counts of the line
 * @param areaError 1-sigma error
 * @param background counts per bin, not below 0
 * @param counts counts in the fitted range
 * @param chi2 chi-squared with the variance of the model
 * @param degrees degrees of freedom
 * @param low first fitted bin
 * @param model counts expected in the fitted bins
 */
public record NaturalPeak(double centre, double centreError, double sigma, double sigmaError, double area,
        double areaError,
        double background, long counts, double chi2, int degrees, int low, double[] model) {
    private static final double HALF_RANGE = 1.5 * LineFit.FWHM_PER_SIGMA;
    private static final int MAX_ROUNDS = 20;
    private static final double SETTLED = 1e-3;
    private static final double LEAST = 0.05;
    private static final double WIDEST = 3;
    private static final double SIGNIFICANT = 5;
    private static final int PARAMETERS = 4;
    private static final double BIN_VARIANCE = 1.0 / 12;

    /**
     * Fits a line.
     *
     * @param bank bins of the histogram
     * @param counts its counts
     * @param line the line
     * @param scale eV per channel near the line
     * @param near where it is sought, channels
     * @param reach how far from there, channels
     * @param sigma width to start with, channels; a result more than three times wider or narrower is no line
     * @return the fit; empty if there are too few counts, no line above the continuum, or no convergence
     */
    public static Optional<NaturalPeak> fit(HistogramBank bank, int[] counts, NaturalLine.Table line, double scale,
            double near,
            double reach, double sigma) {
        Optional<NaturalPeak> first = Peak.fit(bank, counts, near, reach, sigma)
                .flatMap(p -> refine(bank, counts, line, scale, p.centre(), p.sigma()));
        // a Gaussian without a constant runs away from a weak line beside a strong one
        return first.or(() -> refine(bank, counts, line, scale, Peak.highest(bank, counts, near, reach, sigma), sigma)
                .flatMap(p -> refine(bank, counts, line, scale, p.centre, p.sigma)))
                .filter(f -> Math.abs(f.centre - near) <= reach && f.sigma < WIDEST * sigma
                        && f.sigma > sigma / WIDEST && f.area > SIGNIFICANT * f.areaError);
    }

    private static Optional<NaturalPeak> refine(HistogramBank bank, int[] counts, NaturalLine.Table line, double scale,
            double centre, double sigma) {
        int low = bin(bank, centre - HALF_RANGE * sigma);
        int high = bin(bank, centre + HALF_RANGE * sigma);
        int[] cut = Arrays.copyOfRange(counts, low, high + 1);
        return high - low <= PARAMETERS || Arrays.stream(cut).asLongStream().sum() < Peak.MIN_COUNTS ? Optional.empty()
                : refine(bank, cut, line, scale, new double[] {centre, sigma}, low);
    }

    private static int bin(HistogramBank bank, double value) {
        return (int) Math.clamp(Math.floor((value - bank.low()) / bank.width()), 0, bank.bins() - 1.0);
    }

    /** Fits with a constant, and without if that would be below nothing. */
    private static Optional<NaturalPeak> refine(HistogramBank bank, int[] counts, NaturalLine.Table line, double scale,
            double[] start, int low) {
        return refine(bank, counts, line, scale, start, low, PARAMETERS).filter(f -> f.background >= 0)
                .or(() -> refine(bank, counts, line, scale, start, low, PARAMETERS - 1));
    }

    private static Optional<NaturalPeak> refine(HistogramBank bank, int[] counts, NaturalLine.Table line, double scale,
            double[] start, int low, int free) {
        double total = Arrays.stream(counts).asLongStream().sum();
        double[] at = {start[0], start[1], total, 0};
        double[] unit = {start[1] / Math.sqrt(total), start[1] / Math.sqrt(total), Math.sqrt(total),
            Math.sqrt(total) / counts.length};
        Optional<NaturalPeak> out = Optional.empty();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            double[] from = at;
            double[] expected = model(from, bank, low, counts.length, line, scale);
            Optional<LeastSquares.Solution> s = LeastSquares.run(m -> {
                double[] r = new double[counts.length];
                double[][] slopes = new double[counts.length][free];
                model(moved(from, m.toArray(), unit), bank, low, line, scale, r, slopes);
                for (int i = 0; i < r.length; i++) {
                    double error = Math.sqrt(Math.max(LEAST, expected[i]));
                    r[i] = (r[i] - counts[i]) / error;
                    for (int k = 0; k < free; k++) {
                        slopes[i][k] *= unit[k] / error;
                    }
                }
                return new Pair<>(new ArrayRealVector(r, false), new Array2DRowRealMatrix(slopes, false));
            }, free, counts.length);
            if (s.isEmpty()) {
                return Optional.empty();
            }
            at = moved(from, s.get().moves(), unit);
            double[] e = s.get().errors();
            out = Optional.of(new NaturalPeak(at[0], e[0] * unit[0], Math.abs(at[1]), e[1] * unit[1], at[2],
                    e[2] * unit[2], at[3], (long) total, s.get().chi2(), s.get().degrees(), low,
                    model(at, bank, low, counts.length, line, scale)));
            if (Math.abs(s.get().moves()[0]) < SETTLED && Math.abs(s.get().moves()[1]) < SETTLED) {
                return out;
            }
        }
        return Optional.empty();
    }

    private static double[] moved(double[] from, double[] moves, double[] unit) {
        double[] v = from.clone();
        for (int i = 0; i < moves.length; i++) {
            v[i] += moves[i] * unit[i];
        }
        return v;
    }

    private static double[] model(double[] v, HistogramBank bank, int low, int n, NaturalLine.Table line,
            double scale) {
        double[] out = new double[n];
        model(v, bank, low, line, scale, out, new double[n][PARAMETERS]);
        return out;
    }

    /**
     * Expected counts and their derivatives; a bin is allowed for by its variance, which is small against the peak's.
     */
    private static void model(double[] v, HistogramBank bank, int low, NaturalLine.Table line, double scale,
            double[] out, double[][] slopes) {
        double w = bank.width();
        double sigma = Math.sqrt(v[1] * v[1] + BIN_VARIANCE * w * w);
        double norm = w / (sigma * Math.sqrt(2 * Math.PI));
        for (int i = 0; i < out.length; i++) {
            double x = bank.middle(low + i) - v[0];
            double sum = 0;
            double first = 0;
            double second = 0;
            for (int k = 0; k < line.offsets().length; k++) {
                double u = (x - line.offsets()[k] / scale) / sigma;
                double g = line.weights()[k] * Math.exp(-u * u / 2);
                sum += g;
                first += g * u;
                second += g * u * u;
            }
            out[i] = v[2] * norm * sum + v[3];
            slopes[i][0] = v[2] * norm * first / sigma;
            slopes[i][1] = v[2] * norm * (second - sum) / sigma * (v[1] / sigma);
            slopes[i][2] = norm * sum;
            if (slopes[i].length == PARAMETERS) {
                slopes[i][3] = 1;
            }
        }
    }

    /** Full width at half maximum of the camera's broadening, channels. */
    public double fwhm() {
        return sigma * LineFit.FWHM_PER_SIGMA;
    }
}
