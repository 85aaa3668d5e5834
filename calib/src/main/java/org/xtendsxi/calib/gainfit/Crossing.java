// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** Search for a zero of a function by steps and bisection (energy-chain section 13.5). */
final class Crossing {
    private static final double ZERO = 1e-9;

    private Crossing() {
    }

    /**
     * Halves an interval whose ends have different signs, until it is short or the function next to zero.
     *
     * @param z function
     * @param from one end
     * @param zFrom value there
     * @param to other end
     * @param tolerance length at which to stop
     * @return the point evaluated last, not the middle of the last interval; the second end if it is short already
     */
    static double bisect(DoubleUnaryOperator z, double from, double zFrom, double to, double tolerance) {
        double a = from;
        double b = to;
        double middle = to;
        while (Math.abs(b - a) > tolerance) {
            middle = 0.5 * (a + b);
            double value = z.applyAsDouble(middle);
            if (middle == a || middle == b || Math.abs(value) < ZERO) {
                break;
            }
            if (value * zFrom < 0) {
                b = middle;
            } else {
                a = middle;
            }
        }
        return middle;
    }

    /**
     * Walks from a start until the sign changes, then bisects.
     *
     * @param z function
     * @param start start
     * @param next next point of a point
     * @param least lowest point allowed
     * @param far largest distance from the start allowed
     * @param fromStart bisect between start and the change, not only in the last step
     * @param tolerance length at which to stop the bisection
     * @return the zero, if the sign changes within the limits
     */
    static OptionalDouble walk(DoubleUnaryOperator z, double start, DoubleUnaryOperator next, double least, double far,
            boolean fromStart, double tolerance) {
        double zStart = z.applyAsDouble(start);
        double last = start;
        double zLast = zStart;
        for (double p = next.applyAsDouble(last); p >= least && Math.abs(p - start) <= far; p = next.applyAsDouble(p)) {
            double value = z.applyAsDouble(p);
            if (value * zLast < 0 || value == 0) {
                return OptionalDouble.of(bisect(z, fromStart ? start : last, fromStart ? zStart : zLast, p, tolerance));
            }
            last = p;
            zLast = value;
        }
        return OptionalDouble.empty();
    }
}
