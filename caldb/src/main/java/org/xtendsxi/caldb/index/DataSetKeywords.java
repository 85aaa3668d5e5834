// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.JulianFields;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;

/**
 * What an extension says of one calibration data set in it, by keywords that end with the number nnnn of the set
 * (CAL/GEN/92-011; frames-and-science section 5.4).
 *
 * @param codeName CCNMnnnn
 * @param boundaries CBD1nnnn to CBD9nnnn without empty ones
 * @param validFrom CVSDnnnn, as it stands
 * @param refTime CVSDnnnn and CVSTnnnn, MJD
 * @param description CDESnnnn, empty if there is none
 */
public record DataSetKeywords(String codeName, List<String> boundaries, String validFrom, double refTime,
        String description) {
    private static final Pattern CODE_NAME = Pattern.compile("CCNM(\\d{4})");
    private static final DateTimeFormatter OLD_DATE = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final int MAX_BOUNDARIES = 9;
    private static final double SECONDS_PER_DAY = 86400;

    /** Copies the list. */
    public DataSetKeywords {
        boundaries = List.copyOf(boundaries);
    }

    /** All data sets of an extension, in the order of its keywords. */
    public static List<DataSetKeywords> of(Keywords k) {
        List<DataSetKeywords> all = new ArrayList<>();
        for (String key : k.names()) {
            Matcher m = CODE_NAME.matcher(key);
            if (m.matches()) {
                all.add(of(k, m.group(1)));
            }
        }
        return List.copyOf(all);
    }

    private static DataSetKeywords of(Keywords k, String number) {
        List<String> boundaries = new ArrayList<>();
        for (int i = 1; i <= MAX_BOUNDARIES; i++) {
            String b = k.text("CBD" + i + number).orElse("").strip();
            if (!b.isEmpty() && !b.equalsIgnoreCase("NONE")) {
                boundaries.add(b);
            }
        }
        String from = k.needText("CVSD" + number).strip();
        return new DataSetKeywords(k.needText("CCNM" + number).strip(), boundaries, from,
                mjd(k, number, from, k.text("CVST" + number).orElse("").strip()),
                k.text("CDES" + number).orElse("").strip());
    }

    /** MJD of a date, {@code yyyy-mm-dd} or (before 1998) {@code dd/mm/yy}, and a time of day, blank for midnight. */
    private static double mjd(Keywords k, String number, String date, String time) {
        try {
            LocalDate day = date.contains("/")
                    ? LocalDate.parse(date.substring(0, 6) + "19" + date.substring(6), OLD_DATE)
                    : LocalDate.parse(date);
            LocalTime at = time.isEmpty() ? LocalTime.MIDNIGHT : LocalTime.parse(time);
            return day.getLong(JulianFields.MODIFIED_JULIAN_DAY) + at.toSecondOfDay() / SECONDS_PER_DAY;
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw k.at(SxiException.calibration("start of validity is not a date"), "CVSD" + number)
                    .value((date + " " + time).strip()).limit("yyyy-mm-dd and hh:mm:ss").todo("repair the header")
                    .cause(e).build();
        }
    }
}
