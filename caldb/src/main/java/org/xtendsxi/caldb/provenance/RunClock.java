// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.provenance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The date that goes into files: SOURCE_DATE_EPOCH where it is set, so that two runs give the same bytes. */
public final class RunClock {
    private RunClock() {
    }

    /** Date for headers and records, whole seconds. */
    public static Instant now() {
        String fixed = System.getenv("SOURCE_DATE_EPOCH");
        return fixed == null || fixed.isBlank() ? Instant.now().truncatedTo(ChronoUnit.SECONDS)
                : Instant.ofEpochSecond(Long.parseLong(fixed.strip()));
    }

    /** Whether dates are fixed by SOURCE_DATE_EPOCH; then times measured are left out of records too. */
    public static boolean fixed() {
        String fixed = System.getenv("SOURCE_DATE_EPOCH");
        return fixed != null && !fixed.isBlank();
    }

    /** Date for a FITS header, {@code YYYY-MM-DDThh:mm:ss} UTC. */
    public static String fitsDate() {
        return now().toString().substring(0, 19);
    }
}
