// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of calibration files by their code name (energy-chain section 11.1, events-coords-screening section 5). */
public enum CaldbKind {
    /** Video temperature and even/odd columns. */
    VT_EVEN_ODD("vtevnodd", false),
    /** Charge trail. */
    CHARGE_TRAIL("chtrail", true),
    /** Charge-transfer inefficiency. */
    CTI("cti", true),
    /** Split threshold. */
    SPLIT_TH("spth", false),
    /** Gain. */
    GAIN("gain", true),
    /** Hit pattern to grade. */
    HIT_PATTERN("hitpattern", false),
    /** Bad pixels and columns. */
    BADPIX("badpix", false),
    /** Boundaries, calibration source, gaps. */
    MASK("mask", false),
    /** Coordinate systems. */
    TELDEF("teldef", false),
    /** Response parameters. */
    RMF_PARAMETERS("rmfparam", true),
    /** Vignetting of the mirror. */
    VIGNET("vignet", false),
    /** Screening expressions, common to the instruments of the mission. */
    SELECT("select", false);

    private static final String COMMON = "GEN";

    private final String fileWord;
    private final boolean perMode;

    CaldbKind(String fileWord, boolean perMode) {
        this.fileWord = fileWord;
        this.perMode = perMode;
    }

    /** Word in the file name {@code xa_xtd_<word>_<date>v<NNN>.fits}. */
    public String fileWord() {
        return fileWord;
    }

    /** INSTRUME of its files: that of the data, or GEN for what the instruments share. */
    public String instrument(String ofData) {
        return this == SELECT ? COMMON : ofData;
    }

    /** Whether there is one extension per data mode class and charge-injection state. */
    public boolean perMode() {
        return perMode;
    }

    /** Kind of a code name or file word, in any case. */
    public static Optional<CaldbKind> of(String word) {
        String w = word.strip();
        return Arrays.stream(values()).filter(k -> k.name().equals(w.toUpperCase(Locale.ROOT))
                || k.fileWord.equals(w.toLowerCase(Locale.ROOT))).findFirst();
    }
}
