// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

/** Velocity whose stellar aberration is to be undone or put back (events-coords-screening section 7.5). */
public interface Aberration {
    /** Nothing to do: the attitude is corrected already. */
    Aberration NONE = new Aberration() {
        @Override
        public boolean active() {
            return false;
        }

        @Override
        public double[] velocity(double time) {
            return new double[3];
        }
    };

    /** Whether there is anything to do. */
    default boolean active() {
        return true;
    }

    /**
     * Velocity in units of c in the system of the sky, with the sign of the shift wanted (negative for a
     * correction).
     */
    double[] velocity(double time);
}
