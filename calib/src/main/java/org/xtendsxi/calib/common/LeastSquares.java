// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer.Optimum;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.fitting.leastsquares.MultivariateJacobianFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.util.Pair;

/**
 * Levenberg-Marquardt on residuals in units of their errors. Parameters are moves from a start in units of their
 * natural size, so that all are of order one; derivatives are central differences.
 */
public final class LeastSquares {
    private static final double DIFFERENCE = 1e-4;
    private static final int MAX_ITERATIONS = 200;
    /** Keeps the first steps short, or shapes run away before sizes are known. */
    private static final double FIRST_STEP = 1;
    private static final double SINGULAR = 1e-14;

    private LeastSquares() {
    }

    /**
     * Result.
     *
     * @param moves best moves
     * @param errors their 1-sigma uncertainties
     * @param chi2 chi-squared
     * @param degrees degrees of freedom
     */
    public record Solution(double[] moves, double[] errors, double chi2, int degrees) {
    }

    /**
     * Minimises the sum of squares.
     *
     * @param residuals (model - datum) / error as a function of the moves
     * @param parameters number of moves
     * @return empty if the fit does not converge or the data do not tell the parameters apart
     */
    public static Optional<Solution> run(UnaryOperator<double[]> residuals, int parameters) {
        int data = residuals.apply(new double[parameters]).length;
        return run(x -> linearised(residuals, x.toArray()), parameters, data);
    }

    /**
     * The same with derivatives that the caller knows.
     *
     * @param residuals (model - datum) / error and its derivatives as a function of the moves
     * @param parameters number of moves
     * @param data number of residuals
     */
    public static Optional<Solution> run(MultivariateJacobianFunction residuals, int parameters, int data) {
        try {
            Optimum o = new LevenbergMarquardtOptimizer().withInitialStepBoundFactor(FIRST_STEP)
                    .optimize(new LeastSquaresBuilder().start(new double[parameters]).target(new double[data])
                            .model(residuals).maxIterations(MAX_ITERATIONS)
                            .maxEvaluations(10 * MAX_ITERATIONS).build());
            double[] moves = o.getPoint().toArray();
            double[] errors = o.getSigma(SINGULAR).toArray();
            boolean sound = Arrays.stream(moves).allMatch(Double::isFinite)
                    && Arrays.stream(errors).allMatch(Double::isFinite);
            return sound ? Optional.of(new Solution(moves, errors, o.getCost() * o.getCost(), data - parameters))
                    : Optional.empty();
        } catch (MathIllegalStateException | SingularMatrixException e) {
            return Optional.empty();
        }
    }

    private static Pair<RealVector, RealMatrix> linearised(UnaryOperator<double[]> residuals, double[] x) {
        double[] at = residuals.apply(x);
        double[][] jacobian = new double[at.length][x.length];
        for (int k = 0; k < x.length; k++) {
            double[] moved = x.clone();
            moved[k] += DIFFERENCE;
            double[] up = residuals.apply(moved);
            moved[k] -= 2 * DIFFERENCE;
            double[] down = residuals.apply(moved);
            for (int i = 0; i < at.length; i++) {
                jacobian[i][k] = (up[i] - down[i]) / (2 * DIFFERENCE);
            }
        }
        return new Pair<>(new ArrayRealVector(at, false), new Array2DRowRealMatrix(jacobian, false));
    }
}
