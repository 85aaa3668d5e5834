// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.compare;

import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.Sxi;

/** How single events differ between two calibrations: counts of changed PI and GRADE, and the shift of PI. */
final class Changes {
    private long events;
    private long pi;
    private long grade;
    private long gained;
    private long lost;
    private long both;
    private double sum;
    private double squares;
    private int largest;

    void accept(EventChunk a, EventChunk b) {
        int[] piA = a.ints("PI");
        int[] piB = b.ints("PI");
        int[] gradeA = a.ints("GRADE");
        int[] gradeB = b.ints("GRADE");
        for (int i = 0; i < piA.length; i++) {
            events++;
            pi += piA[i] == piB[i] ? 0 : 1;
            grade += gradeA[i] == gradeB[i] ? 0 : 1;
            boolean hasA = piA[i] != Sxi.NULL_CHANNEL;
            boolean hasB = piB[i] != Sxi.NULL_CHANNEL;
            gained += !hasA && hasB ? 1 : 0;
            lost += hasA && !hasB ? 1 : 0;
            if (hasA && hasB) {
                int d = piB[i] - piA[i];
                both++;
                sum += d;
                squares += (double) d * d;
                largest = Math.abs(d) > Math.abs(largest) ? d : largest;
            }
        }
    }

    /** All events. */
    long events() {
        return events;
    }

    /** Part of the events whose PI changed, per cent. */
    double piPercent() {
        return events == 0 ? 0 : 100.0 * pi / events;
    }

    /** Part of the events whose GRADE changed, per cent. */
    double gradePercent() {
        return events == 0 ? 0 : 100.0 * grade / events;
    }

    /** Events that have an energy with the new calibration only. */
    long gained() {
        return gained;
    }

    /** Events that have an energy with the old calibration only. */
    long lost() {
        return lost;
    }

    /** Mean shift, eV. */
    double mean() {
        return both == 0 ? 0 : sum / both * Sxi.EV_PER_CHANNEL;
    }

    /** Scatter of the shift, eV. */
    double scatter() {
        return both == 0 ? 0 : Math.sqrt(Math.max(0, squares / both - sum / both * (sum / both))) * Sxi.EV_PER_CHANNEL;
    }

    /** Largest shift, eV, with its sign. */
    double largest() {
        return largest * Sxi.EV_PER_CHANNEL;
    }
}
