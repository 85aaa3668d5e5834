// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.xtendsxi.calib.gainfit.GroupFit.Solution;

/**
 * Likelihood and chi-square of a fitted quantity on a grid, and the uncertainties from both (energy-chain section 13.6).
 *
 * @param grid values of the quantity, channels
 * @param likelihood likelihood, largest value 1; all zero where it could not be computed
 * @param chi2 sum of squared deviations
 * @param sigmaLikelihood width of the likelihood about its peak; 0 if the peak is at an end
 * @param sigmaChi2 mean distance at which chi-square has risen by 1
 */
record ErrorCurve(double[] grid, double[] likelihood, double[] chi2, double sigmaLikelihood, double sigmaChi2) {
    private static final double BASE_VARIANCE = 0.25;

    /** Nothing: quantity not fitted, or fit failed. */
    static ErrorCurve none(int points) {
        return new ErrorCurve(new double[points], new double[points], new double[points], 0, 0);
    }

    /** Uncertainty of the shift: the fit is moved to both sides. */
    static ErrorCurve shift(LineMesh mesh, GainFitSettings s, double[] g, Solution fit) {
        double width = Math.sqrt(fit.width() * fit.width() + mesh.sigma() * mesh.sigma());
        double range = s.errors().shiftFactor() * Math.sqrt(BASE_VARIANCE + width * width);
        double[] grid = even(-range, range, s.errors().shifts());
        int bins = bins(s, g);
        double[] model = Arrays.copyOf(fit.fit(), bins);
        return of(grid, Arrays.copyOf(g, bins), d -> Curve.shifted(model, mesh.step(), d), true);
    }

    /**
     * Uncertainty of the width beyond the profile's: the fit without it is broadened anew. The reference broadens the
     * bare profile, and by the width of the profile once more.
     */
    static ErrorCurve width(LineMesh mesh, GainFitSettings s, double[] g, Solution fit) {
        double[] grid = even(fit.width() / s.errors().widthFactor(), fit.width() * s.errors().widthFactor(),
                s.errors().widths());
        double dx = mesh.step();
        if (s.strict()) {
            return of(grid, g, w -> Curve.convolve(fit.base(), dx, w), true);
        }
        int bins = bins(s, g);
        double[] x = Arrays.copyOf(mesh.x(), bins);
        double[] profile = Arrays.copyOf(mesh.profile(), bins);
        return of(grid, Arrays.copyOf(g, bins), w -> fit.linear().on(x, Curve.shifted(Curve.convolve(profile, dx,
                Math.hypot(mesh.sigma(), w)), dx, fit.shift())), false);
    }

    /** The same curve about another origin. */
    ErrorCurve from(double origin) {
        return new ErrorCurve(Arrays.stream(grid).map(v -> v + origin).toArray(), likelihood, chi2, sigmaLikelihood,
                sigmaChi2);
    }

    private static double[] even(double low, double high, int points) {
        double[] grid = new double[points];
        Arrays.setAll(grid, i -> low + (high - low) * i / (points - 1));
        return grid;
    }

    /** Bins that count; the reference leaves out the last one. */
    private static int bins(GainFitSettings s, double[] g) {
        return s.strict() ? g.length : g.length - 1;
    }

    private static ErrorCurve of(double[] grid, double[] g, DoubleFunction<double[]> model, boolean searchUp) {
        int bins = g.length;
        double[] like = new double[grid.length];
        double[] chi2 = new double[grid.length];
        for (int k = 0; k < grid.length; k++) {
            double[] f = model.apply(grid[k]);
            for (int i = 0; i < bins; i++) {
                // A model of zero counts where counts are makes the likelihood zero; where none are, it says nothing.
                if (f[i] > 0 || f[i] == 0 && g[i] > 0) {
                    like[k] += g[i] * Math.log(f[i]);
                }
            }
            chi2[k] = Curve.chi2(g, f, bins);
        }
        int peak = 0;
        for (int k = 1; k < like.length; k++) {
            peak = like[k] > like[peak] ? k : peak;
        }
        double sigma = 0;
        if (peak > 0 && peak < grid.length - 1) {
            double best = like[peak];
            double norm = 0;
            double second = 0;
            for (int k = 0; k < grid.length; k++) {
                like[k] = Math.exp(like[k] - best);
                norm += like[k];
                second += like[k] * (grid[k] - grid[peak]) * (grid[k] - grid[peak]);
            }
            sigma = Math.sqrt(second / norm);
        } else {
            Arrays.fill(like, 0);
        }
        return new ErrorCurve(grid, like, chi2, sigma, rise(grid, chi2, searchUp));
    }

    /** Mean of the distances on both sides at which chi-square is 1 above its minimum; NaN if it does not rise so far. */
    private static double rise(double[] grid, double[] chi2, boolean searchUp) {
        int best = 0;
        for (int k = 1; k < chi2.length; k++) {
            best = chi2[k] < chi2[best] ? k : best;
        }
        if (best == 0 || best == chi2.length - 1) {
            return 0;
        }
        double level = chi2[best] + 1;
        int down = best - 1;
        while (down > 0 && chi2[down] < level) {
            down--;
        }
        int up = best + 1;
        while (searchUp && up < chi2.length - 1 && chi2[up] < level) {
            up++;
        }
        if (searchUp && (chi2[up] < level || chi2[down] < level)) {
            return Double.NaN;
        }
        double low = crossing(grid, chi2, down + 1, down, level);
        double high = crossing(grid, chi2, up - 1, up, level);
        return 0.5 * (high - low);
    }

    private static double crossing(double[] grid, double[] chi2, int a, int b, double level) {
        return grid[a] + (grid[b] - grid[a]) * (level - chi2[a]) / (chi2[b] - chi2[a]);
    }
}
