// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.time;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Mission time: seconds TT since an epoch that is midnight UTC of day MJDREFI (events-coords-screening section 1).
 *
 * <p>Calendar dates are epoch + TIME, as the archive writes them; this is UTC as long as no leap second follows the
 * epoch (none since 2019-01-01).
 *
 * @param mjdRefI MJDREFI, day of the epoch
 * @param mjdRefF MJDREFF, TT - UTC at the epoch, days
 */
public record MissionTime(int mjdRefI, double mjdRefF) {
    /** XRISM: 2019-01-01T00:00:00 UTC. */
    public static final MissionTime XRISM = new MissionTime(58484, 0.000800740740741);
    private static final LocalDate MJD_ZERO = LocalDate.of(1858, 11, 17);
    private static final double SECONDS_PER_DAY = 86400;

    /** Calendar date of a time, {@code YYYY-MM-DDThh:mm:ss}, truncated to the second. */
    public String calendar(double time) {
        return epoch().plusSeconds((long) Math.floor(time)).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                .transform(s -> s.length() == 16 ? s + ":00" : s);
    }

    /** Time of a calendar date {@code YYYY-MM-DD} or {@code YYYY-MM-DDThh:mm:ss}. */
    public double ofCalendar(String date) {
        LocalDateTime t = date.contains("T") ? LocalDateTime.parse(date) : LocalDate.parse(date).atStartOfDay();
        return ChronoUnit.MILLIS.between(epoch(), t) / 1000.0;
    }

    /** Modified Julian date (TT) of a time. */
    public double mjd(double time) {
        return mjdRefI + mjdRefF + time / SECONDS_PER_DAY;
    }

    private LocalDateTime epoch() {
        return MJD_ZERO.plusDays(mjdRefI).atStartOfDay();
    }
}
