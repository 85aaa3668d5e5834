// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.Arrays;

/**
 * Events fitted together.
 *
 * @param split value of the split column
 * @param first time of the first event, s
 * @param last time of the last event, s
 * @param exposure time in good time intervals, s
 * @param energy energies of the events, channels
 */
record Group(int split, double first, double last, double exposure, double[] energy) {
    /** Mean time of first and last event. */
    double middle() {
        return 0.5 * (first + last);
    }

    /** Time from first to last event. */
    double elapsed() {
        return last - first;
    }

    /** Mean energy of the events, channels. */
    double mean() {
        return Arrays.stream(energy).sum() / energy.length;
    }
}
