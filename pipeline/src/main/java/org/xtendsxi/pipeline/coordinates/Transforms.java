// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import org.xtendsxi.caldb.attitude.Attitude;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.CoordinateSystem;

/**
 * The transformations as pure functions over arrays, one element per event; a null position is NaN and stays NaN
 * (events-coords-screening sections 7.2 to 7.7).
 */
final class Transforms {
    /** Guards positions on the border of two pixels against rounding errors of the transformation. */
    private static final double GUARD = 1e-8;

    private Transforms() {
    }

    /** One linear map for all events. */
    static void linear(Affine m, double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            double u = x[i];
            double v = y[i];
            x[i] = m.x(u, v);
            y[i] = m.y(u, v);
        }
    }

    /** A linear map for each segment; events of a segment without map become null. */
    static void segmented(Affine[] maps, int[] segment, double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            int s = segment[i];
            if (s < 0 || s >= maps.length) {
                x[i] = Double.NaN;
                y[i] = Double.NaN;
            } else {
                double u = x[i];
                double v = y[i];
                x[i] = maps[s].x(u, v);
                y[i] = maps[s].y(u, v);
            }
        }
    }

    /**
     * Coefficients by properties, whole pixels only.
     *
     * @param table rows still possible
     * @param properties values of the properties that differ from event to event
     */
    static void multiSegment(BoundSegments table, int[][] properties, double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            int r = table.row(properties, i);
            if (r < 0 || Double.isNaN(x[i]) || Double.isNaN(y[i])) {
                x[i] = Double.NaN;
                y[i] = Double.NaN;
            } else {
                double tx = table.wholeX(r, x[i]);
                double ty = table.wholeY(r, y[i]);
                Affine m = table.map(r);
                x[i] = m.x(tx, ty);
                y[i] = m.y(tx, ty);
            }
        }
    }

    /** Projection on the sky; consecutive events of the same time share the transformation. */
    static void sky(SkyProjection projection, Attitude attitude, double[] time, double[] x, double[] y) {
        double last = Double.NaN;
        Affine m = SkyProjection.NONE;
        for (int i = 0; i < x.length; i++) {
            if (time[i] != last) {
                last = time[i];
                m = projection.at(attitude.at(last), last);
            }
            double u = x[i];
            double v = y[i];
            x[i] = m.x(u, v);
            y[i] = m.y(u, v);
        }
    }

    /**
     * Pixels of positions: {@code floor(x + 0.5 + 1e-8)}. Positions off the system become null here and so in all
     * higher systems.
     *
     * @param s the system
     * @param x positions, set to NaN where off
     * @param y positions, set to NaN where off
     * @param nullX null value of the first column
     * @param nullY null value of the second column
     * @param pixelX result
     * @param pixelY result
     */
    static void pixels(CoordinateSystem s, double[] x, double[] y, int nullX, int nullY, int[] pixelX, int[] pixelY) {
        double lowX = s.firstX() - 0.5;
        double highX = s.lastX() + 0.5;
        double lowY = s.firstY() - 0.5;
        double highY = s.lastY() + 0.5;
        for (int i = 0; i < x.length; i++) {
            if (x[i] >= lowX && x[i] <= highX && y[i] >= lowY && y[i] <= highY) {
                pixelX[i] = (int) Math.floor(x[i] + 0.5 + GUARD);
                pixelY[i] = (int) Math.floor(y[i] + 0.5 + GUARD);
            } else {
                x[i] = Double.NaN;
                y[i] = Double.NaN;
                pixelX[i] = nullX;
                pixelY[i] = nullY;
            }
        }
    }
}
