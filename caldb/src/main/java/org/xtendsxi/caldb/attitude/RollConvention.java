// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.attitude;

/**
 * How a roll angle turns into the third Euler angle (events-coords-screening section 7.5).
 *
 * @param sign ROLLSIGN, -1 by default
 * @param offset ROLLOFF, deg, 0 by default
 */
public record RollConvention(double sign, double offset) {
    /** Convention of a TelDef without ROLLSIGN and ROLLOFF. */
    public static final RollConvention DEFAULT = new RollConvention(-1, 0);

    /** Attitude of a pointing, all in degrees. */
    public Quaternion attitude(double ra, double dec, double roll) {
        return Quaternion.ofEuler(ra, 90 - dec, roll * sign + 90 - offset);
    }
}
