// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.model;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;

/**
 * What all files of the model have in common: name, validity and the keywords of calibration files.
 *
 * @param kind code name
 * @param description CDES and CAL_DESC
 */
record ModelFile(CaldbKind kind, String description) {
    /** Start of validity. */
    static final String VALID_FROM = "2019-01-01";
    /** Start of validity, MJD. */
    static final double VALID_FROM_MJD = 58484;
    private static final int VERSION = 1;

    /** File name, {@code xa_xtd_<what>_20190101v001.fits}, {@code gen} for what the instruments share. */
    String name() {
        String suffix = kind == CaldbKind.MASK ? ".fits.gz" : ".fits";
        return "xa_" + (kind == CaldbKind.SELECT ? "gen" : "xtd") + "_" + kind.fileWord() + "_"
                + VALID_FROM.replace("-", "") + String.format("v%03d", VERSION) + suffix;
    }

    /** Keywords of the primary header. */
    Keywords primary() {
        return common().addHistory("MODEL VALUES, not flight calibration: for simulation, tests and teaching.");
    }

    /**
     * Keywords of a calibration extension.
     *
     * @param boundaries CBDn values
     */
    Keywords extension(String... boundaries) {
        Keywords k = common();
        k.set("CCLS0001", "BCF", "basic calibration file").set("CDTP0001", "DATA", "real data, not a task")
                .set("CCNM0001", kind.name(), "code name").set("CVSD0001", VALID_FROM, "valid from")
                .set("CVST0001", "00:00:00", "valid from").set("CDES0001", description, "content");
        for (int i = 0; i < boundaries.length; i++) {
            k.set("CBD" + (i + 1) + "0001", boundaries[i], "boundary");
        }
        return k;
    }

    private Keywords common() {
        return new Keywords().set("TELESCOP", "XRISM", "mission")
                .set("INSTRUME", kind.instrument("XTEND"), "instrument")
                .set("ORIGIN", "model", "model values, not flight calibration");
    }

    /** A class of data with its own extension. */
    record ModeClass(String dataMode, int ciStatus) {
        /** WINDOW1 and WINDOW2, the HDUs that a plain file name means, first with charge injection. */
        static final List<ModeClass> ALL = all();

        private static List<ModeClass> all() {
            List<ModeClass> out = new ArrayList<>();
            for (int ci = 1; ci >= 0; ci--) {
                out.add(new ModeClass("WINDOW1", ci));
                out.add(new ModeClass("WINDOW2", ci));
            }
            return List.copyOf(out);
        }

        /** CBD values. */
        String[] boundaries() {
            return new String[] {"DATAMODE(" + dataMode + ")", "CISTATUS(" + ciStatus + ")"};
        }
    }
}
