// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import java.util.OptionalDouble;
import org.xtendsxi.caldb.instrument.DataMode;

/**
 * What is asked of the index.
 *
 * @param kind code name
 * @param telescope TELESCOP of the data, such as XRISM
 * @param instrument INSTRUME of the data, such as XTEND
 * @param mjd date of the data; empty takes the first row of good quality whatever its age, as the reference does
 * @param expression boundary expression, blank for none
 */
public record CaldbQuery(CaldbKind kind, String telescope, String instrument, OptionalDouble mjd, String expression) {
    /**
     * Query of a pipeline run.
     *
     * @param kind code name
     * @param telescope TELESCOP
     * @param instrument INSTRUME
     * @param mjd date of the data
     * @param mode data mode
     * @param ciStatus CISTATUS, 0 or 1
     */
    public static CaldbQuery of(CaldbKind kind, String telescope, String instrument, double mjd, DataMode mode,
            int ciStatus) {
        return new CaldbQuery(kind, telescope, kind.instrument(instrument), OptionalDouble.of(mjd),
                boundaries(kind, mode.calibrationClass(), ciStatus));
    }

    /**
     * Expression for a kind: blank unless it has an extension per class of data mode and charge injection.
     *
     * @param kind code name
     * @param mode class of data modes, WINDOW1 or WINDOW2
     * @param ciStatus CISTATUS
     */
    public static String boundaries(CaldbKind kind, String mode, int ciStatus) {
        return kind.perMode() ? "DATAMODE.eq." + mode + ".and.CISTATUS.eq." + ciStatus : "";
    }

    /** The query in words, for messages and records. */
    public String text() {
        return telescope + "/" + instrument + " " + kind
                + (mjd.isPresent() ? " at MJD " + mjd.getAsDouble() : " at any time")
                + (expression.isBlank() ? "" : " where " + expression);
    }
}
