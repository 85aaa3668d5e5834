// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.teldef;

/**
 * A linear map of the plane: {@code x' = xA + xB*x + xC*y}, {@code y' = yA + yB*x + yC*y}.
 *
 * @param xA constant of x'
 * @param xB x' per x
 * @param xC x' per y
 * @param yA constant of y'
 * @param yB y' per x
 * @param yC y' per y
 */
public record Affine(double xA, double xB, double xC, double yA, double yB, double yC) {
    /** First coordinate of the image of a point. */
    public double x(double x, double y) {
        return xA + xB * x + xC * y;
    }

    /** Second coordinate of the image of a point. */
    public double y(double x, double y) {
        return yA + yB * x + yC * y;
    }

    /** This map followed by another. */
    public Affine then(Affine g) {
        return new Affine(g.x(xA, yA), g.xB * xB + g.xC * yB, g.xB * xC + g.xC * yC, g.y(xA, yA),
                g.yB * xB + g.yC * yB, g.yB * xC + g.yC * yC);
    }
}
