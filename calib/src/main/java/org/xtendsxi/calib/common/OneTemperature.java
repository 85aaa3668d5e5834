// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.housekeeping.CcdTemperature;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Observations of one calibration are of one CCD temperature: charge loss, trail, dark and noise change with it, and no
 * file of the database has a term for it. Housekeeping that has no CCD temperatures leaves this open, which is said.
 */
final class OneTemperature {
    /** What is said when no file holds a temperature. */
    static final String UNKNOWN = "CCD temperatures are not known";

    private OneTemperature() {
    }

    /**
     * An observation.
     *
     * @param file file of its events or frames
     * @param start TSTART, s
     * @param stop TSTOP, s
     */
    record Observation(Path file, double start, double stop) {
    }

    /**
     * Compares the temperatures of all observations.
     *
     * @param all observations
     * @param housekeeping their housekeeping files, in any order
     * @param limit largest range of the temperature of a CCD over all of them, C
     * @return what is known of the temperatures, in words
     * @throws SxiException (data) if a CCD was warmer or colder in one of them than the limit allows
     */
    static String check(List<Observation> all, List<Path> housekeeping, double limit) {
        List<Observation> known = new ArrayList<>();
        List<CcdTemperature> found = new ArrayList<>();
        for (Observation o : all) {
            for (Path p : housekeeping) {
                Optional<CcdTemperature> t = overlaps(p, o) ? CcdTemperature.load(p, o.start(), o.stop())
                        : Optional.empty();
                if (t.isPresent()) {
                    known.add(o);
                    found.add(t.get());
                }
            }
        }
        StringBuilder words = new StringBuilder();
        for (int c = 0; c < Sxi.CCDS; c++) {
            words.append(range(c, known, found, limit));
        }
        return words.isEmpty() ? UNKNOWN : "CCD temperatures" + words.substring(1) + " C";
    }

    private static boolean overlaps(Path p, Observation o) {
        try (FitsReader f = FitsReader.open(p)) {
            Keywords k = f.need(VideoTemperature.Location.ARCHIVE.extension()).keywords();
            return k.needReal("TSTOP") >= o.start() && k.needReal("TSTART") <= o.stop();
        }
    }

    private static String range(int ccd, List<Observation> known, List<CcdTemperature> found, double limit) {
        int coldest = -1;
        int warmest = -1;
        for (int i = 0; i < found.size(); i++) {
            if (!Double.isNaN(found.get(i).low()[ccd])) {
                coldest = coldest < 0 || found.get(i).low()[ccd] < found.get(coldest).low()[ccd] ? i : coldest;
                warmest = warmest < 0 || found.get(i).high()[ccd] > found.get(warmest).high()[ccd] ? i : warmest;
            }
        }
        if (coldest < 0) {
            return "";
        }
        double low = found.get(coldest).low()[ccd];
        double high = found.get(warmest).high()[ccd];
        if (high - low > limit) {
            throw SxiException.data("CCD temperatures differ between or within observations")
                    .in(known.get(warmest).file()).column("CCD" + (ccd + 1)).value(number(high) + " C")
                    .limit("within " + limit + " C of " + number(low) + " C of "
                    + known.get(coldest).file().getFileName())
                    .todo("calibrate each temperature from its own observations, or raise --temperature-range").build();
        }
        return ", CCD" + (ccd + 1) + " " + number(low) + " to " + number(high);
    }

    private static String number(double v) {
        return String.format(Locale.ROOT, "%.2f", v);
    }
}
