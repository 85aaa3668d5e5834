// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.xtendsxi.caldb.error.SxiException;
import picocli.CommandLine.Option;

/** Options of every calibration task; a picocli mix-in. */
public final class CalibrationOptions {
    @Option(names = "--out", required = true, paramLabel = "DIR",
            description = "Folder for the new file and its report.")
    Path out;
    @Option(names = "--caldb", paramLabel = "DIR", description =
            "Calibration in force (default: $CALDB, else the model).")
    Optional<Path> caldb = Optional.empty();
    @Option(names = "--hk", paramLabel = "FILE", description =
            "Housekeeping of an observation; may be repeated. Without "
            + "it the video temperature is not corrected.")
    List<Path> housekeeping = new ArrayList<>();
    @Option(names = "--valid-from", paramLabel = "DATE", description =
            "Start of validity (default: first observation).")
    Optional<String> validFrom = Optional.empty();
    @Option(names = "--file-version", paramLabel = "N", description = "Version of the file (default: the next one).")
    Optional<Integer> version = Optional.empty();
    @Option(names = "--min-counts", defaultValue = "500", paramLabel = "N",
            description = "Fewest events of a segment that is fitted.")
    long minCounts;
    @Option(names = "--chain", paramLabel = "NAME=VALUE", description =
            "Sets a parameter of xtdpi for the events on their "
            + "way, such as spthoffset=20; may be repeated.")
    Map<String, String> chain = Map.of();
    @Option(names = "--source", defaultValue = "all", description = "lamp (calibration source), sky or all.")
    String source;

    /** Opens the event lists. */
    public CalibrationData data(List<Path> events) {
        CalibrationData data = CalibrationData.open(events, caldb, housekeeping);
        for (Map.Entry<String, String> e : chain.entrySet()) {
            data = data.with(e.getKey(), e.getValue());
        }
        return data;
    }

    /** Folder for new files. */
    public Path out() {
        return out;
    }

    /** Calibration in force, as given. */
    public Optional<Path> caldb() {
        return caldb;
    }

    /** Fewest events of a segment that is fitted. */
    public long minCounts() {
        return minCounts;
    }

    /** Part of the camera. */
    public Selection.Source source() {
        return switch (source) {
            case "lamp" -> Selection.Source.LAMP;
            case "sky" -> Selection.Source.SKY;
            case "all" -> Selection.Source.ALL;
            default -> throw SxiException.usage("--source is not known").value(source).limit("lamp, sky or all")
                    .todo("give one of these").build();
        };
    }

    /** Writer of the new file for data that begin at a date. */
    public CalibrationWriter writer(String firstDate) {
        return new CalibrationWriter(out, CalibrationWriter.validFrom(validFrom, firstDate),
                version.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    }

    /** Writer of the new file. */
    public CalibrationWriter writer(CalibrationData data) {
        return writer(data.epoch().calendar(data.start()));
    }
}
