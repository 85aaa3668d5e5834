// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.table.SegmentRow;

/** Which segments have enough events. */
public final class Segments {
    private Segments() {
    }

    /**
     * Names lines that were asked for and not found in a segment; what they would have told is then held.
     *
     * @param lines all lines, in words
     * @param found whether a line was found
     */
    public static void missing(int segmentRow, List<String> lines, IntPredicate found, Console console) {
        for (int l = 0; l < lines.size(); l++) {
            if (!found.test(l)) {
                console.warn(SegmentRow.words(segmentRow) + ": no peak of " + lines.get(l) + ", the line is left out");
            }
        }
    }

    /**
     * Segments with enough events; those with few are named in a warning, those without any are passed over.
     *
     * @param events events of a {@link SegmentRow}
     * @param least fewest events
     * @throws SxiException (data) if no segment has enough
     */
    public static List<Integer> usable(IntToLongFunction events, long least, Console console) {
        List<Integer> out = new ArrayList<>();
        long most = 0;
        for (int s = 0; s < SegmentRow.COUNT; s++) {
            long n = events.applyAsLong(s);
            most = Math.max(most, n);
            if (n >= least) {
                out.add(s);
            } else if (n > 0) {
                console.warn(SegmentRow.words(s) + ": left out, " + n + " events are fewer than " + least);
            }
        }
        if (out.isEmpty()) {
            throw SxiException.data("too few events for a calibration").value(most + " in the best segment")
                    .limit("at least " + least)
                    .todo("check lines and --source, give more observations, or lower --min-counts").build();
        }
        return out;
    }
}
