// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Keywords;
import picocli.CommandLine.Option;

/** Housekeeping of the data, and how far their CCD temperatures may lie apart; a picocli mix-in. */
public final class HousekeepingOptions {
    @Option(names = "--hk", paramLabel = "FILE", description = "Housekeeping of an observation; may be repeated. "
            + "Without it the video temperature is not corrected and CCD temperatures are not compared.")
    List<Path> files = new ArrayList<>();
    @Option(names = "--temperature-range", defaultValue = "1", paramLabel = "C",
            description = "Refuses observations over which the temperature of a CCD, by --hk, has a wider range "
            + "(default: ${DEFAULT-VALUE}).")
    double range;

    /**
     * Sees that frames were taken at one CCD temperature.
     *
     * @param frames frame files
     * @return what is known of the temperatures, in words
     */
    public String frames(List<Path> frames, Console console) {
        return compared(frames.stream().map(HousekeepingOptions::observation).toList(), console);
    }

    /** The same for observations of any kind. */
    String compared(List<OneTemperature.Observation> all, Console console) {
        if (!(range >= 0)) {
            throw SxiException.usage("--temperature-range is out of range").value(range).limit("not below 0")
                    .todo("correct it").build();
        }
        String words = OneTemperature.check(all, files, range);
        if (all.size() > 1 && words.equals(OneTemperature.UNKNOWN)) {
            console.warn(words + ": " + all.size() + " files are taken to be of one temperature; give their --hk");
        }
        return words;
    }

    private static OneTemperature.Observation observation(Path file) {
        try (FitsReader f = FitsReader.open(file)) {
            Keywords k = f.need("FRAMES").keywords();
            return new OneTemperature.Observation(file, k.real("TSTART").orElse(Double.NaN),
                    k.real("TSTOP").orElse(Double.NaN));
        }
    }
}
