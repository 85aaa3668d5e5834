// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.xtendsxi.calib.gainfit.Background.Linear;

/** Fits shift and width of the line to the histogram of a group (energy-chain section 13.5). */
final class GroupFit {
    private static final double ROUNDING = 1e-9;

    private final LineMesh mesh;
    private final GainFitSettings s;
    private final double[] g;
    private final double s0;
    private final double w0;
    /** A last step that ends at the very limit counts; in the reference that hangs on the last digit of the start. */
    private final double slack;

    /**
     * A fit.
     *
     * @param mesh mesh and profile
     * @param settings numbers of the search
     * @param counts histogram on the mesh
     * @param observed moments of the histogram inside the window
     */
    GroupFit(LineMesh mesh, GainFitSettings settings, double[] counts, Moments observed) {
        this.mesh = mesh;
        this.s = settings;
        this.g = counts;
        this.slack = settings.strict() ? 1 + ROUNDING : 1;
        this.s0 = observed.mean() - mesh.moments().mean();
        double least = settings.minStartWidth() * mesh.step() * Curve.SIGMA_PER_FWHM;
        double extra = observed.variance() - mesh.moments().variance();
        this.w0 = !settings.fitWidth() ? 0 : extra > least * least ? Math.sqrt(extra) : least;
    }

    /**
     * A solution.
     *
     * @param shift shift against the profile on the mesh, channels
     * @param width standard deviation of the width beyond the profile's, channels
     * @param linear linear parameters, the scale of the width step included
     * @param base the fit without the extra width
     * @param fit the fit
     * @param r2 coefficient of determination
     */
    record Solution(double shift, double width, Linear linear, double[] base, double[] fit, double r2) {
        /** The same with linear parameters times a factor. */
        Solution times(double factor) {
            return new Solution(shift, width, new Linear(factor * linear.a(), factor * linear.b(),
                    factor * linear.c()), base, fit, r2);
        }
    }

    /** Runs the cycle of shift and width steps; empty if no step finds a zero or the cycle does not settle. */
    Optional<Solution> solve() {
        double width = w0;
        double shiftR2 = 0;
        double widthR2 = 0;
        double scale = 1;
        for (int cycle = 0; cycle < s.maxCycles(); cycle++) {
            Optional<Solution> shift = shiftStep(width);
            if (shift.isEmpty() || !s.fitWidth() || Math.abs(shift.get().r2() - shiftR2) < s.r2Tolerance()) {
                // The reference keeps the factor of the width step before, though the shift step has replaced it.
                double stale = s.strict() ? 1 : scale;
                return shift.map(f -> f.times(stale));
            }
            shiftR2 = shift.get().r2();
            Optional<Solution> wide = widthStep(shift.get());
            if (wide.isEmpty() || Math.abs(wide.get().r2() - widthR2) < s.r2Tolerance()) {
                return wide;
            }
            widthR2 = wide.get().r2();
            width = wide.get().width();
            scale = wide.get().linear().a() / shift.get().linear().a();
        }
        return Optional.empty();
    }

    private Optional<Solution> shiftStep(double width) {
        double dx = mesh.step();
        double[] f = Curve.convolve(mesh.profile(), dx, width);
        double[] slope = Curve.derivative(f, dx);
        DoubleFunction<Solution> at = shift -> {
            double[] moved = Curve.shifted(f, dx, shift);
            Linear l = s.background().fit(mesh.x(), moved, g);
            double[] fit = l.on(mesh.x(), moved);
            double[] base = l.on(mesh.x(), Curve.shifted(mesh.profile(), dx, shift));
            return new Solution(shift, width, l, base, fit, Curve.r2(g, fit));
        };
        DoubleUnaryOperator z = shift -> {
            double[] moved = Curve.shifted(f, dx, shift);
            double[] d = Curve.shifted(slope, dx, shift);
            Linear l = s.background().fit(mesh.x(), moved, g);
            return Curve.dot(g, d) - l.a() * Curve.dot(moved, d) - l.b() * Curve.sum(d)
                    - l.c() * Curve.dot(mesh.x(), d);
        };
        double step = s.shiftStep() * dx;
        double far = s.maxShift() * dx * slack;
        double any = Double.NEGATIVE_INFINITY;
        double tolerance = s.shiftTolerance() * dx;
        OptionalDouble low = Crossing.walk(z, s0, p -> p - step, any, far, false, tolerance);
        OptionalDouble high = Crossing.walk(z, s0, p -> p + step, any, far, false, tolerance);
        return better(low, high, at);
    }

    private Optional<Solution> widthStep(Solution shift) {
        double dx = mesh.step();
        double[] p = shift.base();
        DoubleFunction<Solution> at = w -> {
            double[] f = Curve.convolve(p, dx, w);
            double a = Curve.dot(g, f) / Curve.dot(f, f);
            Linear l = shift.linear();
            return new Solution(shift.shift(), w, new Linear(a * l.a(), a * l.b(), a * l.c()), scaled(p, a),
                    scaled(f, a), Curve.r2(g, scaled(f, a)));
        };
        DoubleUnaryOperator z = w -> {
            double[] f = Curve.convolve(p, dx, w);
            double[] d = Curve.convolveDerivative(p, dx, w);
            double a = Curve.dot(g, f) / Curve.dot(f, f);
            return a * Curve.dot(f, d) - Curve.dot(g, d);
        };
        double step = s.widthStep() * dx;
        double far = s.maxWidth() * dx * slack;
        double least = s.minWidth() * dx;
        double tolerance = s.widthTolerance() * dx;
        OptionalDouble low = Crossing.walk(z, w0, w -> w - step < 0 ? w / 2 : w - step, least, far, true, tolerance);
        OptionalDouble high = Crossing.walk(z, w0, w -> w + step, least, far, true, tolerance);
        return better(low, high, at);
    }

    private static double[] scaled(double[] f, double a) {
        double[] out = new double[f.length];
        for (int i = 0; i < f.length; i++) {
            out[i] = a * f[i];
        }
        return out;
    }

    /** The solution with the larger coefficient of determination; the lower one if they tie. */
    private static Optional<Solution> better(OptionalDouble low, OptionalDouble high, DoubleFunction<Solution> at) {
        if (low.isEmpty() || high.isEmpty()) {
            OptionalDouble one = low.isPresent() ? low : high;
            return one.isPresent() ? Optional.of(at.apply(one.getAsDouble())) : Optional.empty();
        }
        Solution a = at.apply(low.getAsDouble());
        Solution b = at.apply(high.getAsDouble());
        return Optional.of(b.r2() > a.r2() ? b : a);
    }
}
