// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.List;
import org.xtendsxi.caldb.attitude.AttitudeTable;
import org.xtendsxi.caldb.error.SxiException;

/**
 * The time that an attitude file knows.
 *
 * @param path the file
 * @param margin how far beyond its ends it is used, s
 */
record AttitudeCover(Path path, double margin) {
    /**
     * Compares it with the time of a data class: none of it is an error, a part of it a warning.
     *
     * @param stem name of the data class
     * @param first its first time, s
     * @param last its last time, s
     */
    void check(String stem, double first, double last, List<SxiException> errors, List<String> warnings) {
        double[] span = AttitudeTable.span(path, AttitudeTable.Layout.DEFAULT);
        if (last < span[0] - margin || first > span[1] + margin) {
            errors.add(SxiException.data("attitude does not cover the events").in(path).hdu("ATTITUDE").column("TIME")
                    .value(seconds(span[0], span[1])).limit(seconds(first, last))
                    .todo("give the attitude file of this observation, or none for the nominal pointing").build());
        } else if (first < span[0] - margin || last > span[1] + margin) {
            warnings.add(stem + ": the attitude covers only " + seconds(span[0], span[1]) + " s of "
                    + seconds(first, last) + " s: events outside have no sky position");
        }
    }

    private static String seconds(double from, double to) {
        return SxiException.plain(from) + ".." + SxiException.plain(to);
    }
}
