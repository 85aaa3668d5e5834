// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

/** The orbit of the Earth about the Sun. */
public final class EarthOrbit {
    /** Astronomical unit, km. */
    public static final double AU_KM = 149597870.7;
    private static final double J2000_MJD = 51544.5;
    private static final double DAYS_PER_CENTURY = 36525;
    private static final double DIFFERENCE_DAYS = 30 / 86400.0;

    private EarthOrbit() {
    }

    /** Velocity of the Earth about the Sun, equatorial J2000, km/s, by differences of its position over 60 s. */
    public static double[] velocity(double mjd) {
        double[] a = position(mjd - DIFFERENCE_DAYS);
        double[] b = position(mjd + DIFFERENCE_DAYS);
        double perSecond = AU_KM / (2 * DIFFERENCE_DAYS * 86400);
        return new double[] {(b[0] - a[0]) * perSecond, (b[1] - a[1]) * perSecond, (b[2] - a[2]) * perSecond};
    }

    /**
     * Position of the Earth from the Sun, equatorial J2000, AU: Kepler orbit of the Earth-Moon barycentre with the mean
     * elements of J2000 and their rates (Standish, valid 1800 to 2050); the velocity is good to 1e-3 of itself.
     */
    public static double[] position(double mjd) {
        double t = (mjd - J2000_MJD) / DAYS_PER_CENTURY;
        double a = 1.00000261 + 0.00000562 * t;
        double e = 0.01671123 - 0.00004392 * t;
        double i = Math.toRadians(-0.00001531 - 0.01294668 * t);
        double longitude = Math.toRadians(100.46457166 + 35999.37244981 * t);
        double perihelion = Math.toRadians(102.93768193 + 0.32327364 * t);
        double m = longitude - perihelion;
        double u = m;
        for (int k = 0; k < 8; k++) {
            u -= (u - e * Math.sin(u) - m) / (1 - e * Math.cos(u));
        }
        double px = a * (Math.cos(u) - e);
        double py = a * Math.sqrt(1 - e * e) * Math.sin(u);
        double x = px * Math.cos(perihelion) - py * Math.sin(perihelion);
        double flat = px * Math.sin(perihelion) + py * Math.cos(perihelion);
        double y = flat * Math.cos(i);
        double z = flat * Math.sin(i);
        double obliquity = Math.toRadians(23.43928);
        return new double[] {x, y * Math.cos(obliquity) - z * Math.sin(obliquity),
            y * Math.sin(obliquity) + z * Math.cos(obliquity)};
    }
}
