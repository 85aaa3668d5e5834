// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import org.xtendsxi.caldb.attitude.Quaternion;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.CoordinateSystem;
import org.xtendsxi.caldb.teldef.SkyPlane;
import org.xtendsxi.caldb.teldef.TelDef;

/**
 * FOC to SKY for a given centre of the sky system (events-coords-screening section 7.5): the linear map that stands for
 * the tangent projection at the small tilts of a pointing.
 */
public final class SkyProjection {
    /** Map where no attitude is known. */
    static final Affine NONE = new Affine(Double.NaN, 0, 0, Double.NaN, 0, 0);

    private final CoordinateSystem foc;
    private final CoordinateSystem sky;
    private final double pixels;
    private final Quaternion fromAlignment;
    private final Quaternion centre;
    private final SkyCentre where;
    private final Aberration aberration;
    private final double[][] axes;

    /**
     * Sets up the projection.
     *
     * @param teldef telescope
     * @param where centre and roll of the sky system
     * @param aberration shift of the stars to undo
     */
    public SkyProjection(TelDef teldef, SkyCentre where, Aberration aberration) {
        this.sky = teldef.sky();
        this.foc = teldef.systems().get(teldef.skyIndex() - 1);
        this.pixels = teldef.toSky().pixelsPerRadian();
        this.fromAlignment = teldef.toSky().alignment().inverse();
        this.centre = teldef.toSky().roll().attitude(where.ra(), where.dec(), where.roll());
        this.axes = centre.matrix();
        this.where = where;
        this.aberration = aberration;
    }

    /** Map from FOC to SKY for an attitude; null where the attitude is not known or looks away from the sky system. */
    public Affine at(Quaternion attitude, double time) {
        Quaternion p = centre.inverse().then(attitude.then(fromAlignment));
        double a = p.p0() * p.p0();
        double b = p.p1() * p.p1();
        double c = p.p2() * p.p2();
        double d = p.p3() * p.p3();
        double n22 = -a - b + c + d;
        if (!(n22 > 0)) {
            return NONE;
        }
        double r00 = (a - b - c + d) / n22;
        double r01 = -2 * (p.p0() * p.p1() - p.p2() * p.p3()) / n22;
        double r10 = -2 * (p.p0() * p.p1() + p.p2() * p.p3()) / n22;
        double r11 = (-a + b - c + d) / n22;
        double x = sky.centreX() - 2 * (p.p0() * p.p2() + p.p1() * p.p3()) / n22 * pixels;
        double y = sky.centreY() + 2 * (p.p1() * p.p2() - p.p0() * p.p3()) / n22 * pixels;
        if (aberration.active()) {
            double[] v = aberration.velocity(time);
            x -= pixels * (v[0] * axes[0][0] + v[1] * axes[0][1] + v[2] * axes[0][2]);
            y += pixels * (v[0] * axes[1][0] + v[1] * axes[1][1] + v[2] * axes[1][2]);
        }
        return new Affine(x - r00 * foc.centreX() - r01 * foc.centreY(), r00, r01,
                y - r10 * foc.centreX() - r11 * foc.centreY(), r10, r11);
    }

    /** The sky system as a tangent plane (of a sky system that is not rolled). */
    public SkyPlane plane() {
        return new SkyPlane(where.ra(), where.dec(), sky.centreX(), sky.centreY(), pixels);
    }
}
