// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.xtendsxi.caldb.error.SxiException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Event lists and options of every task that takes them; a picocli mix-in. */
public final class CalibrationOptions {
    @Parameters(arity = "1..*", paramLabel = "EVT", description = "Unfiltered event lists.")
    List<Path> events;
    @Mixin
    FileOptions file;
    @Option(names = "--hk", paramLabel = "FILE", description = "Housekeeping of an observation; may be repeated. "
            + "Without it the video temperature is not corrected.")
    List<Path> housekeeping = new ArrayList<>();
    @Option(names = "--min-counts", defaultValue = "500", paramLabel = "N",
            description = "Fewest events of what is fitted or searched by itself (default: ${DEFAULT-VALUE}).")
    long minCounts;
    @Option(names = "--chain", paramLabel = "NAME=VALUE", description = "Sets a parameter of xtdpi for the events on "
            + "their way, such as spthoffset=20; may be repeated.")
    Map<String, String> chain = Map.of();
    @Option(names = "--source", defaultValue = "all", paramLabel = "PART",
            description = "Part of the camera: lamp (calibration source), sky or all (default: ${DEFAULT-VALUE}).")
    String source;

    /** The event lists. */
    public List<Path> events() {
        return List.copyOf(events);
    }

    /** Opens the event lists. */
    public CalibrationData data() {
        return data(events);
    }

    /** Opens some of them. */
    public CalibrationData data(List<Path> some) {
        CalibrationData data = CalibrationData.open(some, file.caldb, housekeeping);
        for (Map.Entry<String, String> e : chain.entrySet()) {
            data = data.with(e.getKey(), e.getValue());
        }
        return data;
    }

    /** Fewest events of what is fitted by itself. */
    public long minCounts() {
        return minCounts;
    }

    /** Part of the camera. */
    public Selection.Source source() {
        return switch (source.toLowerCase(Locale.ROOT)) {
            case "lamp" -> Selection.Source.LAMP;
            case "sky" -> Selection.Source.SKY;
            case "all" -> Selection.Source.ALL;
            default -> throw SxiException.usage("--source is not known").value(source).limit("lamp, sky or all")
                    .todo("give one of these").build();
        };
    }

    /** Writer of the new file. */
    public CalibrationWriter writer(CalibrationData data) {
        return file.writer(data.epoch().calendar(data.start()));
    }
}
