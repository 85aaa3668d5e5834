// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

/**
 * A good event of the reduction.
 *
 * @param time TIME, s of mission time
 * @param ccdId 0..3
 * @param actX centre pixel, 1..640; NaN where null
 * @param actY centre pixel, 1..640; NaN where null
 * @param energy middle of its PI channel, eV; NaN where null
 * @param grade GRADE, a good one
 * @param skyX X, pixels; NaN where null or absent
 * @param skyY Y, pixels; NaN where null or absent
 */
record FoundEvent(double time, int ccdId, double actX, double actY, double energy, int grade, double skyX,
        double skyY) implements CycleRows.Timed {
}
