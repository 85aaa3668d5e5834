// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.nio.file.Path;
import java.util.Map;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.quicklook.limits.Limits;

/**
 * What all files are processed with.
 *
 * @param caldb calibration database
 * @param parameters parameters of all stages
 * @param kernel event search
 * @param threads worker threads
 * @param limits for the names of housekeeping
 * @param scratch folder for working files, not in the watched directory
 */
public record Setting(Caldb caldb, Map<String, Parameters> parameters, ExtractionKernel kernel, int threads,
        Limits limits, Path scratch) {
}
