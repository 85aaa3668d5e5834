// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * What a stage may ask for when it is opened.
 *
 * @param parameters parameters of the stage
 * @param header keywords of EVENTS
 * @param schema columns of the events, those of earlier stages included
 * @param calibration calibration files by kind
 * @param observation files of the observation
 * @param pixels mask, bad and hot pixels
 * @param compat behaviour wanted
 * @param seed seed of all randomisation
 * @param stages parameters of any stage by its id, for stages that share one reading
 */
record StageContext(Parameters parameters, Keywords header, EventSchema schema,
        Map<CaldbKind, CalibrationFile> calibration, Observation observation,
        PixelLists pixels, Compat compat, long seed, Function<String, Parameters> stages) {

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
}
