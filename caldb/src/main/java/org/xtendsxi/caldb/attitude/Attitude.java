// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.attitude;

/** Attitude of the spacecraft as a function of mission time. */
public interface Attitude {
    /** Attitude at a mission time, s; {@link Quaternion#NONE} where it is not known, and at a null time. */
    Quaternion at(double time);

    /** Whether annual aberration is already taken out (keyword ABERRAT). */
    default boolean annualAberrationRemoved() {
        return false;
    }

    /** Whether the aberration of the orbit is already taken out (keyword ABERORB). */
    default boolean orbitalAberrationRemoved() {
        return false;
    }

    /** Whether the attitude follows the Sun (keyword FOLOWSUN). */
    default boolean followsSun() {
        return false;
    }

    /** A pointing that never changes, known at every time that is not null. */
    static Attitude fixed(Quaternion q) {
        return time -> Double.isNaN(time) ? Quaternion.NONE : q;
    }
}
