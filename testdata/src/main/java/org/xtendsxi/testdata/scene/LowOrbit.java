// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import org.xtendsxi.testdata.config.SimulationConfig;

/**
 * A circular orbit 550 km high, inclined by 31 deg, whose plane the oblateness of the Earth turns. The observation
 * starts
 * 80 deg of orbit before the satellite is as near to the target as it comes, so that the Earth hides the target only
 * after some 45 minutes.
 */
public final class LowOrbit {
    private static final double MU = 3.986004418e5;
    private static final double EARTH_RADIUS = 6378.137;
    private static final double J2 = 1.08262668e-3;
    private static final double RADIUS = EARTH_RADIUS + 550;
    private static final double INCLINATION = Math.toRadians(31);
    private static final double LEAD = Math.toRadians(80);
    /** Mean motion, rad/s. */
    private static final double MOTION = Math.sqrt(MU / (RADIUS * RADIUS * RADIUS));
    private static final double NODE_MOTION =
            -1.5 * J2 * MOTION * Math.cos(INCLINATION) * (EARTH_RADIUS / RADIUS) * (EARTH_RADIUS / RADIUS);

    private final double start;
    private final double latitude;
    private final double node;

    /** The orbit of an observation. */
    public LowOrbit(SimulationConfig config) {
        start = config.startTime();
        double reach = Math.sin(Math.toRadians(config.declination())) / Math.sin(INCLINATION);
        latitude = Math.asin(Math.clamp(reach, -1, 1));
        node = Math.toRadians(config.rightAscension())
                - Math.atan2(Math.cos(INCLINATION) * Math.sin(latitude), Math.cos(latitude));
    }

    /** Position x, y, z (km) and velocity (km/s) at a mission time, equatorial J2000. */
    public double[] state(double time) {
        double u = latitude - LEAD + MOTION * (time - start);
        double[] p = turned(Math.cos(u), Math.sin(u), time);
        double[] v = turned(-Math.sin(u), Math.cos(u), time);
        double speed = RADIUS * MOTION;
        double swing = NODE_MOTION * RADIUS;
        return new double[] {RADIUS * p[0], RADIUS * p[1], RADIUS * p[2], speed * v[0] - swing * p[1],
            speed * v[1] + swing * p[0], speed * v[2]};
    }

    /** A vector of the orbit's plane, first axis to the ascending node. */
    private double[] turned(double along, double across, double time) {
        double n = node + NODE_MOTION * (time - start);
        double flat = across * Math.cos(INCLINATION);
        return new double[] {along * Math.cos(n) - flat * Math.sin(n), along * Math.sin(n) + flat * Math.cos(n),
            across * Math.sin(INCLINATION)};
    }
}
