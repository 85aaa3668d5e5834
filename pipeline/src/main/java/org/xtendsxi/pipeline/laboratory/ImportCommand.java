// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.laboratory;

import java.nio.file.Path;
import java.util.List;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.Sxi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi frames import}: images of a laboratory as an observation directory. */
@Command(name = "import", sortOptions = false, description = {
    "Makes an observation directory out of FITS images or cubes with NOAO keywords (DATASEC, BIASSEC, EXPTIME, "
    + "DATE-OBS),"
        + " one amplifier per extension.", "IMAGETYP dark gives dark frames. sxi run reduces the result."})
public final class ImportCommand implements SxiCommand {
    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "FITS files, one exposure each, or cubes.")
    List<Path> images;
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the observation directory.")
    Path out;
    @Option(names = "--obsid", defaultValue = "900000001", description = "Observation number, nine digits.")
    String obsid;
    @Option(names = "--ccd", defaultValue = "0", paramLabel = "N",
            description = "CCD_ID of the first image, where no keyword CCD_ID tells (default: 0).")
    int ccd;
    @Option(names = "--adcbits", defaultValue = "16", paramLabel = "N", description = "Bits of the ADC (default: 16).")
    int adcBits;
    @Option(names = "--polarity", defaultValue = "+", paramLabel = "SIGN",
            description = "Whether pulse heights rise (+) or fall (-) with charge (default: +).")
    String polarity;
    @Option(names = "--eventthr", defaultValue = "40", paramLabel = "ADU",
            description = "Event threshold (default: 40).")
    int eventThreshold;
    @Option(names = "--splitthr", defaultValue = "15", paramLabel = "ADU",
            description = "Split threshold (default: 15).")
    int splitThreshold;

    @Override
    public void run(Console console) {
        require(obsid.matches("\\d{9}"), "--obsid", obsid, "nine digits");
        require(ccd >= 0 && ccd < Sxi.CCDS, "--ccd", ccd, "0..3");
        require(adcBits >= 1 && adcBits <= 16, "--adcbits", adcBits, "1..16");
        require(polarity.equals("+") || polarity.equals("-"), "--polarity", polarity, "+ or -");
        FrameImport work = new FrameImport(images, new FrameImport.Settings(obsid, ccd, adcBits, polarity.equals("-"),
                eventThreshold, splitThreshold));
        if (work.count(false) == 0) {
            throw SxiException.data("all images are dark").value(work.count(true)).limit("at least one that is not")
                    .todo("give exposures of the source too, or correct IMAGETYP").build();
        }
        if (work.unused() > 0) {
            console.warn(work.unused() + " columns between or beyond DATASEC and BIASSEC are left out");
        }
        Path directory = work.write(out);
        console.say(work.count(false) + " exposures, " + work.count(true) + " dark ones");
        console.result(directory.toString());
    }

    private static void require(boolean good, String option, Object value, String limit) {
        if (!good) {
            throw SxiException.usage(option + " has no legal value").value(value).limit(limit).todo("correct it")
                    .build();
        }
    }
}
