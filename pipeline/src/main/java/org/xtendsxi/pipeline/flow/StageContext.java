// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * What a stage may ask for when it is opened.
 *
 * @param parameters parameters of the stage
 * @param header keywords of EVENTS
 * @param calibration calibration files by kind
 * @param observation files of the observation
 * @param compat behaviour wanted
 * @param seed seed of all randomisation
 */
record StageContext(Parameters parameters, Keywords header, Map<CaldbKind, CalibrationFile> calibration,
        Observation observation, Compat compat, long seed) {

    /** File of a kind that the stage declared. */
    CalibrationFile calibration(CaldbKind kind) {
        CalibrationFile f = calibration.get(kind);
        if (f == null) {
            throw new IllegalStateException("stage did not declare calibration " + kind);
        }
        return f;
    }

    /** File of the observation by its suffix, such as {@code .att}. */
    Optional<Path> file(String suffix) {
        return observation.file(suffix);
    }

    /**
     * A calibration file chosen for a run.
     *
     * @param kind code name
     * @param query what was asked
     * @param path file
     * @param extension HDU number, 0 for the primary
     * @param indexRow row of the index, from 1
     * @param sha256 digest of the file
     */
    record CalibrationFile(CaldbKind kind, String query, Path path, int extension, int indexRow, String sha256) {
    }
}
