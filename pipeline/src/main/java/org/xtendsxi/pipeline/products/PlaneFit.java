// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.RealVector;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.teldef.Affine;

/**
 * The mean linear map from DET to SKY of the events themselves, by least squares; what the pointing drifts within the
 * observation is averaged.
 */
final class PlaneFit {
    private static final double MIDDLE = 900;
    /** Smallest determinant of the mean squares, pixel^4: below it the events lie on a line or a point. */
    private static final double SPREAD = 1;

    /** Sums of products of (1, u, v) with (1, u, v, x, y), u and v counted from near the middle of the detector. */
    private final double[][] sums = new double[3][5];

    /** Takes the events kept that have a place in both planes. */
    void add(EventChunk chunk, boolean[] keep) {
        add(chunk.ints("DETX"), chunk.ints("DETY"), chunk.ints("X"), chunk.ints("Y"), keep);
    }

    private void add(int[] u, int[] v, int[] x, int[] y, boolean[] keep) {
        for (int i = 0; i < keep.length; i++) {
            if (keep[i] && u[i] > 0 && v[i] > 0 && x[i] > 0 && y[i] > 0) {
                add(sums[0], 1, u[i] - MIDDLE, v[i] - MIDDLE, x[i], y[i]);
                add(sums[1], u[i] - MIDDLE, u[i] - MIDDLE, v[i] - MIDDLE, x[i], y[i]);
                add(sums[2], v[i] - MIDDLE, u[i] - MIDDLE, v[i] - MIDDLE, x[i], y[i]);
            }
        }
    }

    private static void add(double[] sum, double factor, double u, double v, double x, double y) {
        sum[0] += factor;
        sum[1] += factor * u;
        sum[2] += factor * v;
        sum[3] += factor * x;
        sum[4] += factor * y;
    }

    /** The map, if the events are spread over the plane. */
    Optional<Affine> map() {
        double n = sums[0][0];
        double uu = sums[1][1] - sums[0][1] * sums[0][1] / n;
        double vv = sums[2][2] - sums[0][2] * sums[0][2] / n;
        double uv = sums[1][2] - sums[0][1] * sums[0][2] / n;
        if (!(n >= 3 && (uu * vv - uv * uv) / n / n > SPREAD)) {
            return Optional.empty();
        }
        double[][] m = new double[3][3];
        for (int a = 0; a < 3; a++) {
            System.arraycopy(sums[a], 0, m[a], 0, 3);
        }
        DecompositionSolver solver = new LUDecomposition(new Array2DRowRealMatrix(m)).getSolver();
        RealVector x = solver.solve(column(3));
        RealVector y = solver.solve(column(4));
        return Optional.of(new Affine(-MIDDLE, 1, 0, -MIDDLE, 0, 1).then(new Affine(x.getEntry(0), x.getEntry(1),
                x.getEntry(2), y.getEntry(0), y.getEntry(1), y.getEntry(2))));
    }

    private RealVector column(int at) {
        return new ArrayRealVector(new double[] {sums[0][at], sums[1][at], sums[2][at]});
    }
}
