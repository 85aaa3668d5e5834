// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Keywords;
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
    @Option(names = "--temperature-range", defaultValue = "1", paramLabel = "C", description =
            "Refuses observations over which the temperature of a CCD, by --hk, has a wider range.")
    double temperatureRange;
    @Option(names = "--source", defaultValue = "all", description = "lamp (calibration source), sky or all.")
    String source;

    /** Opens the event lists, which must have been taken alike and at one CCD temperature. */
    public CalibrationData data(List<Path> events, Console console) {
        CalibrationData opened = CalibrationData.open(events, caldb, housekeeping);
        List<OneTemperature.Observation> all = IntStream.range(0, events.size()).mapToObj(i ->
                new OneTemperature.Observation(events.get(i), opened.times(i)[0], opened.times(i)[1])).toList();
        CalibrationData data = opened.noted(compared(all, console));
        for (Map.Entry<String, String> e : chain.entrySet()) {
            data = data.with(e.getKey(), e.getValue());
        }
        return data;
    }

    /**
     * Sees that frames were taken at one CCD temperature.
     *
     * @param files frame files
     * @return what is known of the temperatures, in words
     */
    public String temperatures(List<Path> files, Console console) {
        return compared(files.stream().map(CalibrationOptions::observation).toList(), console);
    }

    private static OneTemperature.Observation observation(Path file) {
        try (FitsReader f = FitsReader.open(file)) {
            Keywords k = f.need("FRAMES").keywords();
            return new OneTemperature.Observation(file, k.real("TSTART").orElse(Double.NaN),
                    k.real("TSTOP").orElse(Double.NaN));
        }
    }

    private String compared(List<OneTemperature.Observation> all, Console console) {
        if (!(temperatureRange >= 0)) {
            throw SxiException.usage("--temperature-range is out of range").value(temperatureRange)
                    .limit("not below 0").todo("correct it").build();
        }
        String words = OneTemperature.check(all, housekeeping, temperatureRange);
        if (all.size() > 1 && words.equals(OneTemperature.UNKNOWN)) {
            console.warn(words + ": " + all.size() + " files are taken to be of one temperature; give their --hk");
        }
        return words;
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
