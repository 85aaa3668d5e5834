// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.geometry;

import org.hipparchus.geometry.euclidean.threed.Vector3D;

/**
 * The field of the Earth as a dipole in its centre, for the rigidity below which particles from above do not arrive
 * (Størmer): R = R0 cos(latitude)^4 / (r/RE)^2 with the latitude from the dipole's equator.
 *
 * @param north unit vector to the pole in the north, in the system that turns with the Earth
 * @param rigidity R0, GV
 */
public record Dipole(Vector3D north, double rigidity) {
    private static final double EARTH_RADIUS = 6.3712e6;

    /** A dipole with its northern pole at a place, deg. */
    public static Dipole of(double latitude, double longitude, double rigidity) {
        return new Dipole(new Vector3D(Math.toRadians(longitude), Math.toRadians(latitude)), rigidity);
    }

    /**
     * Vertical cut-off rigidity, GV.
     *
     * @param position in the system that turns with the Earth, m
     */
    public double cutOff(Vector3D position) {
        double sine = Vector3D.dotProduct(north, position) / position.getNorm();
        double cosine2 = 1 - sine * sine;
        return rigidity * cosine2 * cosine2 * EARTH_RADIUS * EARTH_RADIUS / position.getNormSq();
    }
}
