// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.teldef.TelDef;

/**
 * Which coordinates are made.
 *
 * @param start index of the system to start from
 * @param stop index of the last system made
 * @param blank whether columns of higher systems become null
 * @param floats whether unrounded positions are kept too, below the sky
 * @param skyFloats whether unrounded sky positions are kept too
 * @param timeColumn column of the event time
 */
public record CoordinateOptions(int start, int stop, boolean blank, boolean floats, boolean skyFloats,
        String timeColumn) {
    /** Checks the order of the systems. */
    public CoordinateOptions {
        if (start < 0 || stop <= start) {
            throw SxiException.usage("the last coordinate system must be above the first").value(start + " to " + stop)
                    .todo("give startsys below stopsys").build();
        }
    }

    /** From the lowest system to the sky, whole pixels only. */
    public static CoordinateOptions all(TelDef teldef) {
        return new CoordinateOptions(0, teldef.skyIndex(), true, false, false, "TIME");
    }

    /** Whether unrounded positions of a system are kept; those of the lowest system never are. */
    boolean hasFloats(int level, TelDef teldef) {
        return level > 0 && level >= start && level <= stop && (level == teldef.skyIndex() ? skyFloats : floats);
    }
}
