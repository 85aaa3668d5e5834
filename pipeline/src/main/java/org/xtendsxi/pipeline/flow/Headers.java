// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.util.List;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.caldb.time.MissionTime;

/** Keywords of the event files of a run (events-coords-screening section 3.4). */
final class Headers {
    /** Set before the table is streamed, filled when its good time is known. */
    private static final List<String> TIMES = List.of("TSTART", "TSTOP", "TELAPSE", "ONTIME", "LIVETIME", "EXPOSURE");

    private Headers() {
    }

    /** Header of the events of a frame file. */
    static Keywords ofFrames(FrameReader frames) {
        Keywords k = frames.primary().observation().withoutCommentary();
        k.takeAll(frames.keywords().observation().withoutCommentary());
        List.of("HOCLEGTH", "VOCHEGHT", "ADCBITS", "POLARITY", "INCOMPLT").forEach(k::remove);
        TIMES.forEach(t -> k.set(t, 0.0, ""));
        k.set("DATE-OBS", "", "start of good time").set("DATE-END", "", "end of good time");
        k.set("HDUCLASS", "OGIP", "").set("HDUCLAS1", "EVENTS", "").set("TIMEPIXR", 0.0, "TIME is the start");
        if (!k.has("MJDREFI")) {
            k.set("MJDREFI", MissionTime.XRISM.mjdRefI(), "epoch").set("MJDREFF", MissionTime.XRISM.mjdRefF(), "epoch");
        }
        k.set("WINOPT", frames.header().mode().windowed() ? 1L : 0L, "window option");
        k.set("CCDSIZE", frames.header().geometry().rows(), "rows of a frame");
        return stamp(k);
    }

    /** Sets who wrote the file and when. */
    static Keywords stamp(Keywords k) {
        return k.set("CREATOR", Software.creator(), "program").set("DATE", RunClock.fitsDate(), "written (UTC)");
    }

    /** Fills the time keywords; they must have been set before. */
    static void time(Keywords k, GtiList gti) {
        double total = gti.total();
        MissionTime t = new MissionTime(k.needInteger("MJDREFI"), k.needReal("MJDREFF"));
        k.set("TSTART", gti.start(), "[s] start").set("TSTOP", gti.stop(), "[s] stop")
                .set("TELAPSE", gti.stop() - gti.start(), "[s] stop - start").set("ONTIME", total, "[s] good time")
                .set("LIVETIME", total, "[s] live time").set("EXPOSURE", total, "[s] live time")
                .set("DATE-OBS", t.calendar(gti.start()), "start of good time")
                .set("DATE-END", t.calendar(gti.stop()), "end of good time");
    }
}
