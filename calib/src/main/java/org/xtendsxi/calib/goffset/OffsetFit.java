// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.goffset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.xtendsxi.calib.common.LeastSquares;
import org.xtendsxi.calib.goffset.OffsetTally.Point;

/**
 * A polynomial of the pulse height that is added to the grade offset in force, or a quadratic and a straight line that
 * join in its place.
 *
 * @param low four coefficients up to the joint, lowest power first, channels per power of a channel
 * @param middle those above the joint; the same without a joint
 * @param joint pulse height at which they join, channels
 * @param parameters what was fitted, for the findings
 * @param chi2 chi-squared
 * @param degrees degrees of freedom
 */
record OffsetFit(double[] low, double[] middle, OptionalDouble joint, List<Parameter> parameters, double chi2,
        int degrees) {
    private static final int TERMS = 4;
    /** Unit of pulse height inside the fit, channels. */
    private static final double UNIT = 1000;
    private static final int QUADRATIC = 3;

    /**
     * A fitted coefficient.
     *
     * @param name A0..A3, or AL0..AL2 and AM1 with a joint
     * @param power power of the pulse height
     * @param value channels per power of a channel
     * @param error its 1-sigma uncertainty
     */
    record Parameter(String name, int power, double value, double error) {
    }

    /**
     * Fits a polynomial to what the offset in force leaves.
     *
     * @param points lines
     * @param inForce offset in force at a pulse height, channels
     * @param degree degree of the polynomial, less than the number of points
     * @param systematic uncertainty of each point beside its error, channels
     */
    static Optional<OffsetFit> polynomial(List<Point> points, DoubleUnaryOperator inForce, int degree,
            double systematic) {
        return fit(points, inForce, systematic, degree + 1, m -> {
            double[] c = coefficients(m, degree + 1);
            return new double[][] {c, c};
        }, OptionalDouble.empty());
    }

    /**
     * Fits a quadratic below a pulse height and a straight line above, which join there, to the whole offset; a
     * straight line below, too, if fewer than two lines lie below.
     *
     * @param joint where they join, channels; a line at least lies below and two above
     */
    static Optional<OffsetFit> joined(List<Point> points, double joint, double systematic) {
        int terms = below(points, joint) > 1 ? QUADRATIC : QUADRATIC - 1;
        return fit(points, p -> 0, systematic, terms + 1, m -> {
            double[] low = coefficients(m, terms);
            double slope = m[terms] / UNIT;
            return new double[][] {low, {at(low, joint) - slope * joint, slope, 0, 0}};
        }, OptionalDouble.of(joint));
    }

    /** Lines below a pulse height. */
    static long below(List<Point> points, double joint) {
        return points.stream().filter(p -> p.pha() <= joint).count();
    }

    private static Optional<OffsetFit> fit(List<Point> points, DoubleUnaryOperator inForce, double systematic, int free,
            Function<double[], double[][]> pieces, OptionalDouble joint) {
        return LeastSquares.run(m -> {
            double[][] c = pieces.apply(m);
            return points.stream().mapToDouble(p -> (at(p.pha() <= joint.orElse(0) ? c[0] : c[1], p.pha())
                    - (p.offset() - inForce.applyAsDouble(p.pha()))) / Math.hypot(p.error(), systematic)).toArray();
        }, free).map(s -> {
            List<Parameter> all = new ArrayList<>();
            for (int k = 0; k < free; k++) {
                boolean last = joint.isPresent() && k == free - 1;
                int power = last ? 1 : k;
                double unit = Math.pow(UNIT, power);
                all.add(new Parameter((joint.isEmpty() ? "A" : last ? "AM" : "AL") + power, power,
                        s.moves()[k] / unit, s.errors()[k] / unit));
            }
            double[][] c = pieces.apply(s.moves());
            return new OffsetFit(c[0], c[1], joint, List.copyOf(all), s.chi2(), s.degrees());
        });
    }

    private static double[] coefficients(double[] m, int terms) {
        double[] c = Arrays.copyOf(Arrays.copyOf(m, terms), TERMS);
        Arrays.setAll(c, k -> c[k] / Math.pow(UNIT, k));
        return c;
    }

    private static double at(double[] c, double pha) {
        return ((c[3] * pha + c[2]) * pha + c[1]) * pha + c[0];
    }

    /** Value at a pulse height, channels. */
    double at(double pha) {
        return at(pha <= joint.orElse(0) ? low : middle, pha);
    }
}
