// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.xtendsxi.calib.gainfit.GroupFit.Solution;

/**
 * Likelihood and chi-square of a fitted quantity on a grid, and the uncertainties from both (energy-chain section
 * 13.6).
 *
 * @param grid values of the quantity, channels; shifts are counted from the fitted one
 * @param likelihood likelihood, its integral 1; all zero where there is none or its peak is at an end
 * @param chi2 sum of squared deviations
 * @param sigmaLikelihood width of the likelihood about its peak
 * @param sigmaChi2 mean distance at which chi-square has risen by 1
 */
record ErrorCurve(double[] grid, double[] likelihood, double[] chi2, double sigmaLikelihood, double sigmaChi2) {
    private static final double BASE_VARIANCE = 0.25;

    /** Which faults of the reference are kept. */
    private enum Faults {
        /** None: an uncertainty that the grid does not hold is not a number. */
        NONE,
        /** An uncertainty is zero if the peak is at an end; empty bins without model spoil the likelihood. */
        BOTH_SIDES,
        /** The same, and upward chi-square is followed for one step of the grid, downward to its end. */
        ONE_STEP_UP
    }

    /** Nothing: quantity not fitted, or fit failed; uncertainties are not a number, in the reference zero. */
    static ErrorCurve none(GainFitSettings s, int points) {
        double unknown = s.strict() ? Double.NaN : 0;
        return new ErrorCurve(new double[points], new double[points], new double[points], unknown, unknown);
    }

    /** Uncertainty of the shift: the fit is moved to both sides. */
    static ErrorCurve shift(LineMesh mesh, GainFitSettings s, double[] g, Solution fit) {
        double width = Math.sqrt(fit.width() * fit.width() + mesh.sigma() * mesh.sigma());
        double range = s.errors().shiftFactor() * Math.sqrt(BASE_VARIANCE + width * width);
        double[] grid = even(-range, range, s.errors().shifts());
        int bins = bins(s, g);
        double[] model = Arrays.copyOf(fit.fit(), bins);
        return of(grid, Arrays.copyOf(g, bins), d -> Curve.shifted(model, mesh.step(), d),
                s.strict() ? Faults.NONE : Faults.BOTH_SIDES);
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
            return of(grid, g, w -> Curve.convolve(fit.base(), dx, w), Faults.NONE);
        }
        int bins = bins(s, g);
        double[] x = Arrays.copyOf(mesh.x(), bins);
        double[] profile = Arrays.copyOf(mesh.profile(), bins);
        return of(grid, Arrays.copyOf(g, bins), w -> fit.linear().on(x, Curve.shifted(Curve.convolve(profile, dx,
                Math.hypot(mesh.sigma(), w)), dx, fit.shift())), Faults.ONE_STEP_UP);
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

    private static ErrorCurve of(double[] grid, double[] g, DoubleFunction<double[]> model, Faults faults) {
        boolean mended = faults == Faults.NONE;
        double[] like = new double[grid.length];
        double[] chi2 = new double[grid.length];
        for (int k = 0; k < grid.length; k++) {
            double[] f = model.apply(grid[k]);
            for (int i = 0; i < g.length; i++) {
                // A model of zero counts where counts are makes the likelihood zero; where none are, it says nothing.
                if (f[i] > 0 || f[i] == 0 && (g[i] > 0 || !mended)) {
                    like[k] += g[i] * Math.log(f[i]);
                }
            }
            chi2[k] = Curve.chi2(g, f, g.length);
        }
        double outside = mended ? Double.NaN : 0;
        double sigmaLike = outside;
        int peak = highest(like, 1);
        if (peak > 0 && peak < grid.length - 1) {
            sigmaLike = normalised(grid, like, peak);
        } else {
            Arrays.fill(like, 0);
        }
        double sigmaChi2 = outside;
        int best = highest(chi2, -1);
        if (best > 0 && best < grid.length - 1) {
            sigmaChi2 = rise(grid, chi2, best, faults);
        } else if (!mended) {
            Arrays.fill(chi2, 0);
        }
        return new ErrorCurve(grid, like, chi2, sigmaLike, sigmaChi2);
    }

    /** Where values, or with sign -1 the negated ones, are highest. */
    private static int highest(double[] v, int sign) {
        int best = 0;
        for (int k = 1; k < v.length; k++) {
            best = sign * v[k] > sign * v[best] ? k : best;
        }
        return best;
    }

    /** Turns logarithms into the likelihood; its standard deviation about the peak. */
    private static double normalised(double[] grid, double[] like, int peak) {
        double best = like[peak];
        double step = grid[1] - grid[0];
        double norm = 0;
        double second = 0;
        for (int k = 0; k < grid.length; k++) {
            like[k] = Math.exp(like[k] - best);
            norm += like[k];
            second += like[k] * (grid[k] - grid[peak]) * (grid[k] - grid[peak]);
        }
        for (int k = 0; k < grid.length; k++) {
            like[k] /= norm * step;
        }
        return Math.sqrt(second / norm);
    }

    /**
     * Mean of the distances on both sides at which chi-square is 1 above its minimum; NaN if it does not rise so far.
     */
    private static double rise(double[] grid, double[] chi2, int best, Faults faults) {
        boolean search = faults != Faults.ONE_STEP_UP;
        double level = chi2[best] + 1;
        int down = best - 1;
        while (down > 0 && chi2[down] < level) {
            down--;
        }
        int up = best + 1;
        while (search && up < chi2.length - 1 && chi2[up] < level) {
            up++;
        }
        if (search && (chi2[up] < level || chi2[down] < level)) {
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
