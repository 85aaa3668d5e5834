// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import java.nio.file.Path;
import java.util.List;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.GtiList;

/**
 * What products must know of an event list beside its rows.
 *
 * @param file event file, which need not be there yet
 * @param schema columns of EVENTS
 * @param keywords header of EVENTS
 */
public record EventHeader(Path file, EventSchema schema, Keywords keywords) {
    /** Checks that the events are calibrated. */
    public EventHeader {
        for (String name : List.of("TIME", "PI")) {
            if (!schema.has(name)) {
                throw SxiException.data("column is missing").in(file).hdu("EVENTS").column(name)
                        .todo("give a calibrated event file").build();
            }
        }
    }

    /** From TIME to the middle of the exposure, s (events-coords-screening section 15.1). */
    double timeShift() {
        double zero = keywords.real("TIMEZERO").orElse(0);
        double del = keywords.real("TIMEDEL").orElse(0);
        return zero + (del > 0 ? (0.5 - keywords.real("TIMEPIXR").orElse(0)) * del : 0);
    }

    /** Standard keywords of products: the header of the events with the good time used. */
    Keywords standard(GtiList gti, String creator, String date) {
        Keywords k = keywords.observation().withoutCommentary();
        for (String key : k.names()) {
            if (key.matches("(MTYPE|MFORM|METYP|HDUCLAS|HDUVERS|DSTYP|DSUNI|DSVAL|DSREF|DSFORM|[0-9]DS).*")
                    || List.of("TIMEZERO", "HDUNAME", "HDUDOC", "HDUVERS").contains(key)) {
                k.remove(key);
            }
        }
        double mjdRef = k.real("MJDREFI").orElse(0) + k.real("MJDREFF").orElse(0);
        return k.set("ONTIME", gti.total(), "[s] good time").set("EXPOSURE", gti.total(), "[s] live time")
                .set("LIVETIME", gti.total(), "[s] live time").set("TSTART", gti.start(), "[s] start")
                .set("TSTOP", gti.stop(), "[s] stop").set("TELAPSE", gti.stop() - gti.start(), "[s] stop - start")
                .set("MJD-OBS", mjdRef + gti.start() / 86400, "[d] start").set("CREATOR", creator, "program")
                .set("DATE", date, "written").set("FILIN001", file.getFileName().toString(), "input");
    }

    /** Good PI bounds of a filter within the legal range. */
    int[] piRange(EventFilter f) {
        long min = schema.column("PI").min().orElse(0);
        long max = schema.column("PI").max().orElse(Integer.MAX_VALUE);
        if (f.piHigh() != Integer.MAX_VALUE && f.piHigh() > max || f.piLow() != Integer.MIN_VALUE && f.piLow() < min) {
            throw SxiException.usage("PI range outside the legal range of the column")
                    .value(f.piLow() + ":" + f.piHigh()).limit(min + ":" + max).todo("give another --pi").build();
        }
        return new int[] {(int) Math.max(min, f.piLow()), (int) Math.min(max, f.piHigh())};
    }
}
