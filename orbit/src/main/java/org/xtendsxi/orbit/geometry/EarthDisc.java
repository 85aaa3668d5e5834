// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.geometry;

import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.geometry.euclidean.threed.Vector3D;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;
import org.hipparchus.util.FastMath;

/**
 * The disc of the Earth as seen from the satellite: a sphere, of which the half towards the Sun is lit. Refraction and
 * the size of the Sun are left out.
 */
public final class EarthDisc {
    /** Angle to what is not in view, rad; that of HEASoft (atFunctions 3.1), larger than any true one. */
    public static final double NOT_IN_VIEW = Math.toRadians(200);
    private static final int SAMPLES = 64;
    private static final int EVALUATIONS = 100;
    private static final double PRECISION = 1e-9;

    private final Vector3D position;
    private final Vector3D sun;
    private final double radius;
    private final Vector3D down;
    private final double size;
    /**
     * Axes of the circle of the terminator, and how far it is in view from the first of them, rad; negative for none.
     */
    private final Vector3D first;
    private final Vector3D second;
    private final double visible;

    /**
     * Looks at the Earth.
     *
     * @param position of the satellite from the centre of the Earth
     * @param sun position of the Sun likewise
     * @param radius of the Earth, in the unit of the position
     */
    public EarthDisc(Vector3D position, Vector3D sun, double radius) {
        this.position = position;
        this.sun = sun.normalize();
        this.radius = radius;
        this.down = position.negate().normalize();
        this.size = FastMath.asin(Math.min(1, radius / position.getNorm()));
        Vector3D across = position.subtract(this.sun.scalarMultiply(Vector3D.dotProduct(position, this.sun)));
        double top = across.getNorm();
        this.visible = top > radius ? FastMath.acos(radius / top) : -1;
        this.first = top > 0 ? across.normalize() : this.sun.orthogonal();
        this.second = Vector3D.crossProduct(this.sun, first);
    }

    /** Angle of a direction above the limb, rad; negative in front of the Earth. */
    public double elevation(Vector3D direction) {
        return Vector3D.angle(direction, down) - size;
    }

    /**
     * Angle of a direction from the edge of the lit, or of the dark, ground in view, rad; negative in front of it, and
     * {@link #NOT_IN_VIEW} if no such ground is in view.
     */
    public double elevation(Vector3D direction, boolean lit) {
        Vector3D d = direction.normalize();
        double best = NOT_IN_VIEW;
        if (this.lit(limb(d)) == lit) {
            best = Math.abs(elevation(d));
        }
        if (visible > 0) {
            best = Math.min(best, terminator(d));
        }
        return best < NOT_IN_VIEW && elevation(d) < 0 && this.lit(ground(d)) == lit ? -best : best;
    }

    private boolean lit(Vector3D ground) {
        return Vector3D.dotProduct(ground, sun) > 0;
    }

    /** Point of the limb nearest to a direction. */
    private Vector3D limb(Vector3D d) {
        Vector3D side = d.subtract(down.scalarMultiply(Vector3D.dotProduct(d, down)));
        Vector3D away = side.getNorm() > 0 ? side.normalize() : down.orthogonal();
        return new Vector3D(-radius * FastMath.sin(size), down, radius * FastMath.cos(size), away);
    }

    /** Where a line of sight in front of the Earth meets the ground. */
    private Vector3D ground(Vector3D d) {
        double along = Vector3D.dotProduct(position, d);
        double depth = along * along - position.getNormSq() + radius * radius;
        return new Vector3D(1, position, -along - Math.sqrt(Math.max(0, depth)), d);
    }

    /** Least angle of a direction from the part of the terminator in view. */
    private double terminator(Vector3D d) {
        UnivariateFunction angle = psi -> Vector3D.angle(d, new Vector3D(radius * FastMath.cos(psi), first,
                radius * FastMath.sin(psi), second).subtract(position));
        double step = 2 * visible / SAMPLES;
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= SAMPLES; i++) {
            double a = angle.value(-visible + i * step);
            if (a < least) {
                least = a;
                best = i;
            }
        }
        double low = -visible + Math.max(0, best - 1) * step;
        double high = -visible + Math.min(SAMPLES, best + 1) * step;
        return Math.min(least, new BrentOptimizer(PRECISION, PRECISION).optimize(new MaxEval(EVALUATIONS),
                GoalType.MINIMIZE, new UnivariateObjectiveFunction(angle), new SearchInterval(low, high)).getValue());
    }
}
