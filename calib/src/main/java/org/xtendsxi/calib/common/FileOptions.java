// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Options of every task that makes a calibration file; a picocli mix-in. */
public final class FileOptions {
    @Option(names = "--out", required = true, paramLabel = "DIR",
            description = "Folder for the new file and its report.")
    Path out;
    @Option(names = "--caldb", paramLabel = "DIR",
            description = "Calibration in force (default: $CALDB, else the model).")
    Optional<Path> caldb = Optional.empty();
    @Option(names = "--valid-from", paramLabel = "DATE",
            description = "Start of validity, yyyy-mm-dd (default: day of the first observation).")
    Optional<String> validFrom = Optional.empty();
    @Option(names = "--file-version", paramLabel = "N", description = "Version of the file (default: the next one).")
    Optional<Integer> version = Optional.empty();

    /** Writer of the new file for data that begin at a date. */
    public CalibrationWriter writer(String firstDate) {
        return new CalibrationWriter(out, CalibrationWriter.validFrom(validFrom, firstDate),
                version.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    }
}
