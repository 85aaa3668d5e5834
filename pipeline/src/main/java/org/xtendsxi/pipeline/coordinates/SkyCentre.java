// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;

/**
 * Centre of the sky system and its roll, all in degrees (keywords RA_NOM and DEC_NOM; the roll is 0 in archive files).
 *
 * @param ra right ascension, 0..360
 * @param dec declination, -90..90
 * @param roll roll of the sky system, not of the telescope
 */
public record SkyCentre(double ra, double dec, double roll) {
    /** Checks the angles. */
    public SkyCentre {
        if (!(ra >= 0 && ra <= 360 && dec >= -90 && dec <= 90)) {
            throw SxiException.data("nominal pointing is not on the sky").value(ra + ", " + dec)
                    .limit("0..360, -90..90").todo("correct RA_NOM and DEC_NOM").build();
        }
    }

    /** Centre that a header gives. */
    public static SkyCentre of(Keywords header) {
        return new SkyCentre(header.needReal("RA_NOM"), header.needReal("DEC_NOM"), 0);
    }
}
