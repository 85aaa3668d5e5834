// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.attitude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Attitude between, on and beyond the rows of a table (events-coords-screening section 7.6). */
class AttitudeTableTest {
    private static final double[] TIMES = {100, 110, 130};
    /** Turns of 0, 20 and 60 degrees about z, the last with the opposite sign of the same rotation. */
    private static final double[] TURNS = {0, 0, 0, 1, 0, 0, sin(10), cos(10), 0, 0, -sin(30), -cos(30)};

    private static double sin(double degrees) {
        return Math.sin(Math.toRadians(degrees));
    }

    private static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }

    /** Angle of the turn about z, deg. */
    private static double turn(boolean linear, double margin, double time) {
        Quaternion q = AttitudeTable.of(TIMES, TURNS, new AttitudeTable.Settings(linear, margin)).at(time);
        return Math.toDegrees(2 * Math.atan(q.p2() / q.p3()));
    }

    @Test
    void turnsEvenlyBetweenTwoRowsWhateverTheirSigns() {
        assertThat(turn(true, 32, 105)).isCloseTo(10, within(1e-9));
        assertThat(turn(true, 32, 110)).isCloseTo(20, within(1e-9));
        assertThat(turn(true, 32, 115)).isCloseTo(30, within(1e-9));
    }

    @Test
    void nearestRowCountsAndTheEarlierOneHalfWay() {
        assertThat(turn(false, 32, 104.9)).isCloseTo(0, within(1e-9));
        assertThat(turn(false, 32, 105)).isCloseTo(0, within(1e-9));
        assertThat(turn(false, 32, 105.1)).isCloseTo(20, within(1e-9));
    }

    @Test
    void endRowsHoldForTheMarginOnly() {
        assertThat(turn(true, 5, 95)).isCloseTo(0, within(1e-9));
        assertThat(turn(true, 5, 135)).isCloseTo(60, within(1e-9));
        assertThat(turn(true, 5, 94.9)).isNaN();
        assertThat(turn(true, 5, 135.1)).isNaN();
        assertThat(turn(true, 5, Double.NaN)).isNaN();
    }
}
