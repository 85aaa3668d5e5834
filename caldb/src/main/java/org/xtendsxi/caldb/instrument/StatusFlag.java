// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.instrument;

/**
 * STATUS flags of an event (events-coords-screening section 9.2), numbered from 1 as in the documentation of the
 * mission.
 *
 * <p>In memory flag n is bit n-1 of a {@code long}; in FITS it is the n-th bit of the 48X column, most significant
 * first, which a row filter addresses as {@code STATUS[n]}.
 */
public enum StatusFlag {
    /** Flag 1: any flag of bad_status. */
    ANY_BAD("any flag of bad_status"),
    /** Flag 2: calibration source region. */
    CALIBRATION_SOURCE("calibration source region"),
    /** Flag 3: CCD_ID, SEGMENT, RAW or ACT null or out of range. */
    OUT_OF_CCD("CCD_ID, SEGMENT, RAW or ACT null or out of range"),
    /** Flag 4: outside the read-out window. */
    OUT_OF_WINDOW("outside the read-out window"),
    /** Flag 5: outside the area discrimination. */
    OUT_OF_AREA("outside the area discrimination"),
    /** Flag 6: charge-injection row. */
    CI_ROW("charge-injection row"),
    /** Flag 7: bad pixel of CALDB. */
    BAD_PIXEL("bad pixel of CALDB"),
    /** Flag 8: bad or partially bad column of CALDB. */
    BAD_COLUMN("bad or partially bad column of CALDB"),
    /** Flag 9: hot pixel of the pre-pipeline list. */
    HOT_PIXEL("hot pixel of the pre-pipeline list"),
    /** Flag 10: flickering pixel. */
    FLICKERING_PIXEL("flickering pixel"),
    /** Flag 11: boundary of the CCD. */
    CCD_BOUNDARY("boundary of the CCD"),
    /** Flag 12: first or last row of the window. */
    WINDOW_BOUNDARY("first or last row of the window"),
    /** Flag 13: boundary between the segments. */
    SEGMENT_BOUNDARY("boundary between the segments"),
    /** Flag 14: edge of an area-discrimination rectangle. */
    AREA_BOUNDARY("edge of an area-discrimination rectangle"),
    /** Flag 15: one of the eight neighbours is bad. */
    BAD_3X3("one of the eight neighbours is bad"),
    /** Flag 16: rows after a charge-injection row. */
    CI_TRAILING("rows after a charge-injection row"),
    /** Flag 17: rows before a charge-injection row. */
    CI_PRECEDING("rows before a charge-injection row"),
    /** Flag 18: same column, below or above a bad pixel or column. */
    BAD_COLUMN_LINE("same column, below or above a bad pixel or column"),
    /** Flag 19: neighbour of a bad or hot pixel or bad column. */
    NEAR_BAD("neighbour of a bad or hot pixel or bad column"),
    /** Flag 20: neighbour of a flickering pixel. */
    NEAR_FLICKERING("neighbour of a flickering pixel"),
    /** Flag 21: neighbour of a pixel with flag 18. */
    NEAR_BAD_COLUMN_LINE("neighbour of a pixel with flag 18"),
    /** Flag 22: neighbour of the CCD or window boundary. */
    NEAR_CCD_BOUNDARY("neighbour of the CCD or window boundary"),
    /** Flag 23: neighbour of the segment boundary. */
    NEAR_SEGMENT_BOUNDARY("neighbour of the segment boundary"),
    /** Flag 24: 3x3 present, outer 5x5 absent. */
    NO_OUTER("3x3 present, outer 5x5 absent"),
    /** Flag 25: 3x3 absent. */
    NO_INNER("3x3 absent"),
    /** Flag 26: centre below the event threshold. */
    BELOW_THRESHOLD("centre below the event threshold"),
    /** Flag 27: video-board temperature out of the calibrated range. */
    TEMPERATURE_RANGE("video-board temperature out of the calibrated range"),
    /** Flag 28: no video-board temperature near in time. */
    NO_TEMPERATURE("no video-board temperature near in time"),
    /** Flag 29: negative charge-trail correction. */
    NEGATIVE_CORRECTION("negative charge-trail correction"),
    /** Flag 30: pulse height became null in a correction. */
    NULL_IN_CORRECTION("pulse height became null in a correction"),
    /** Flag 31: first row after a charge-injection row. */
    CI_AFTER_1("first row after a charge-injection row"),
    /** Flag 32: first row before a charge-injection row. */
    CI_BEFORE_1("first row before a charge-injection row"),
    /** Flag 33: second row after a charge-injection row. */
    CI_AFTER_2("second row after a charge-injection row"),
    /** Flag 34: second row before a charge-injection row. */
    CI_BEFORE_2("second row before a charge-injection row"),
    /** Flag 35: third row after a charge-injection row. */
    CI_AFTER_3("third row after a charge-injection row"),
    /** Flag 36: third row before a charge-injection row. */
    CI_BEFORE_3("third row before a charge-injection row"),
    /** Flag 37: cosmic-ray echo pixel or its neighbour. */
    COSMIC_RAY_ECHO("cosmic-ray echo pixel or its neighbour");

    /** Bits of the STATUS column. */
    public static final int BITS = 48;

    private final String meaning;

    StatusFlag(String meaning) {
        this.meaning = meaning;
    }

    /** Number of the flag, from 1. */
    public int number() {
        return ordinal() + 1;
    }

    /** Bit of the flag in memory. */
    public long bit() {
        return 1L << ordinal();
    }

    /** What the flag says, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** Whether the flag is set in a STATUS value. */
    public boolean in(long status) {
        return (status & bit()) != 0;
    }

    /** Union of flags as bits. */
    public static long bits(StatusFlag... flags) {
        long b = 0;
        for (StatusFlag f : flags) {
            b |= f.bit();
        }
        return b;
    }
}
