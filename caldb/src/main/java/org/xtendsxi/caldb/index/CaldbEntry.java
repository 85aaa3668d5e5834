// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import java.nio.file.Path;
import java.util.List;

/**
 * A row of {@code caldb.indx} (CAL/GEN/92-008; frames-and-science section 5.4).
 *
 * @param row position in the index, from 1
 * @param telescope TELESCOP
 * @param instrument INSTRUME
 * @param detector DETNAM
 * @param filter FILTER
 * @param file CAL_DIR and CAL_FILE joined, below the root of the database
 * @param extension CAL_XNO, 0 for the primary HDU
 * @param codeName CAL_CNAM
 * @param boundaries CAL_CBD without empty ones, such as {@code DATAMODE(WINDOW1)}
 * @param refTime REF_TIME, start of validity, MJD
 * @param validFrom CAL_VSD
 * @param quality CAL_QUAL, 0 good, 5 bad
 * @param description CAL_DESC
 */
public record CaldbEntry(int row, String telescope, String instrument, String detector, String filter, Path file,
        int extension, String codeName, List<String> boundaries, double refTime, String validFrom, int quality,
        String description) {
    /** Start of CAL_DESC and CDES of model values. */
    public static final String MODEL = "MODEL";

    /** The same data set in another row. */
    public CaldbEntry atRow(int number) {
        return new CaldbEntry(number, telescope, instrument, detector, filter, file, extension, codeName, boundaries,
                refTime, validFrom, quality, description);
    }

    /** The same data set with its file elsewhere. */
    public CaldbEntry in(Path path) {
        return new CaldbEntry(row, telescope, instrument, detector, filter, path, extension, codeName, boundaries,
                refTime,
                validFrom, quality, description);
    }

    /** Whether the values are those of the model that comes with the program, not flight calibration. */
    public boolean model() {
        return description.startsWith(MODEL);
    }
}
