// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.stage;

import java.util.Arrays;
import java.util.Optional;

/**
 * Faults of HEASoft 6.20 that strict mends, under their numbers in docs/differences.md: Q of the quirk list of the
 * energy-chain specification, R and plain numbers of the golden collection.
 */
public enum Fault {
    /** PHAS_MASK: axes exchanged, nodes B and D by a wrong sign. */
    MASK_AXES("1"),
    /** A list of pixels clears the flags of those before it. */
    LIST_CLEARS("2"),
    /** The first row of the valid block of bad pixels is lost. */
    BAD_PIXEL_BLOCK("3"),
    /** Flag 1 does not look at the flags of the event. */
    FLAG_1("4"),
    /** Flag 23 starts one column too far at the border of the segments. */
    BORDER_COLUMN("5"),
    /** A row off the CCD ends the flags around charge-injection rows. */
    INJECTION_ROWS("11"),
    /** The echo search needs time order, ignores PROC_STATUS and the first GTI row, and takes PHAS as it was. */
    ECHO_SEARCH("13"),
    /** The echo search takes RAWY for ACTY in windows. */
    ECHO_WINDOW("R1"),
    /** An event off the CCD keeps its flags and mask. */
    OFF_CCD("R6"),
    /** An area with its columns in falling order is empty. */
    AREA_ORDER("area"),
    /** Chances of the search for flickering pixels are rounded to single precision. */
    FLICKER_ROUNDING("flicker"),
    /** The split threshold of the command line is truncated to integers. */
    THRESHOLD_TRUNCATED("Q1"),
    /** Without the even/odd step the geometry of the first segment serves all. */
    GEOMETRY_STUCK("Q2"),
    /** The search for a temperature never goes back and misses the last row. */
    TEMPERATURE_SEARCH("Q5"),
    /**
     * Beyond the border of the segments the temperature factor is 0 without a temperature, and not limited with one.
     */
    BORDER_FACTOR("Q6"),
    /** A table without the row of an event counts as zeros. */
    MISSING_ROW("Q7"),
    /** Start columns: GRADE is overwritten, steps are repeated. */
    START_COLUMN("Q8"),
    /** The null of a start column is 0. */
    START_NULL("Q9"),
    /** Flags of an earlier run stay. */
    STALE_FLAGS("Q12"),
    /** A masked corner of an L shape counts as -32768. */
    MASKED_CORNER("Q15"),
    /** The extension of a file that the user names is taken by its position. */
    EXTENSION("Q16"),
    /** A housekeeping row without temperature makes pulse heights NaN. */
    NULL_TEMPERATURE("Q24"),
    /** Transfers near an anomalous region wholly below the second injected row. */
    ANOMALY_BELOW("R12"),
    /** Response: axes of the weighting map exchanged, prolonged edges count as inside. */
    RESPONSE_MAP("R8"),
    /** Response: line shape far below 0. */
    RESPONSE_SHAPE("R9"),
    /** Gain fit. */
    GAIN_FIT("R10"),
    /** Random numbers follow the order of rows. */
    RANDOM_ORDER("random"),
    /** Calibration is asked for by today's date, or by none. */
    CALIBRATION_DATE("date");

    private final String id;

    Fault(String id) {
        this.id = id;
    }

    /** Number in the documents. */
    public String id() {
        return id;
    }

    /** Fault of a number. */
    public static Optional<Fault> of(String id) {
        return Arrays.stream(values()).filter(f -> f.id.equals(id)).findFirst();
    }
}
