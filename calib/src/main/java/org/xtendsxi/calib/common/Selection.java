// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Which events a task uses: good ones with an energy, of a source and of some grades. Events whose video temperature is
 * out of the calibrated range are left out.
 *
 * @param grades grades as bits, see {@link Grade}
 * @param source part of the camera
 */
public record Selection(int grades, Source source) {
    private static final long BAD = StatusFlag.bits(StatusFlag.ANY_BAD, StatusFlag.TEMPERATURE_RANGE);

    /** Part of the camera. */
    public enum Source {
        /** Where the calibration source shines. */
        LAMP,
        /** Where it does not. */
        SKY,
        /** Everywhere. */
        ALL
    }

    /** Events with all their charge in one pixel. */
    public static Selection singles(Source source) {
        return new Selection(1, source);
    }

    /** Which events of a chunk are used. */
    public boolean[] of(EventChunk c) {
        int[] grade = c.ints("GRADE");
        int[] pha = c.ints("PHA");
        long[] status = c.longs("STATUS");
        boolean[] ok = new boolean[grade.length];
        for (int i = 0; i < ok.length; i++) {
            boolean lamp = StatusFlag.CALIBRATION_SOURCE.in(status[i]);
            ok[i] = (status[i] & BAD) == 0 && pha[i] != Sxi.NULL_CHANNEL && grade[i] >= 0
                    && Grade.in(grades, grade[i]) && (source == Source.ALL || lamp == (source == Source.LAMP));
        }
        return ok;
    }
}
