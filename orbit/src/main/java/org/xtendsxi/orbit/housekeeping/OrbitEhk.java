// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.housekeeping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hipparchus.geometry.euclidean.threed.Vector3D;
import org.xtendsxi.caldb.attitude.AttitudeTable;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.orbit.ephemeris.OrbitTable;
import org.xtendsxi.pipeline.ehk.EhkMaker;
import org.xtendsxi.pipeline.ehk.EhkRequest;
import org.xtendsxi.pipeline.stage.Parameters;

/** Writes an EHK file from an orbit and an attitude file. */
public final class OrbitEhk implements EhkMaker {
    private static final String TABLE = "EHK";
    private static final int CHUNK = 4096;
    private static final int MEAN_SAMPLES = 1000;

    @Override
    public List<String> make(EhkRequest request, Path out) {
        Parameters p = request.parameters();
        OrbitTable orbit = OrbitTable.load(request.orbit(), p.text("orbframe").equals("TOD"));
        AttitudeTable attitude = AttitudeTable.load(request.attitude(), AttitudeTable.Layout.DEFAULT,
                AttitudeTable.Settings.DEFAULT);
        double[] span = AttitudeTable.span(request.attitude(), AttitudeTable.Layout.DEFAULT);
        double start = Math.max(span[0], orbit.start());
        double stop = Math.min(span[1], orbit.stop());
        if (!(stop > start)) {
            throw SxiException.data("orbit does not cover the attitude").in(request.orbit()).hdu("ORBIT").column("TIME")
                    .value(seconds(orbit.start(), orbit.stop())).limit(seconds(span[0], span[1]))
                    .todo("give the orbit file of this observation, or --set ehk.enabled=no").build();
        }
        List<String> notes = notes(request, orbit, span, start, stop);
        Vector3D nominal = request.nominal().map(n -> direction(n.ra(), n.dec()))
                .orElseGet(() -> mean(attitude, request, start, stop));
        EhkRows rows = new EhkRows(orbit, attitude, request.telescope(), nominal, p, start, stop);
        write(out, rows, header(request, start, stop), start, stop, p.real("bintime"));
        return notes;
    }

    private static List<String> notes(EhkRequest request, OrbitTable orbit, double[] span, double start, double stop) {
        List<String> notes = new ArrayList<>();
        if (start > span[0] || stop < span[1]) {
            notes.add(request.orbit() + ": covers " + seconds(start, stop) + " s of the attitude, "
                    + seconds(span[0], span[1]) + " s; there is no EHK outside");
        }
        if (!orbit.dense(start, stop)) {
            notes.add(String.format(Locale.ROOT, "%s: %.0f s without a row: positions there are not sure",
                    request.orbit(), orbit.gap(start, stop)));
        }
        return notes;
    }

    private static String seconds(double from, double to) {
        return SxiException.plain(from) + ".." + SxiException.plain(to);
    }

    private static Vector3D direction(double ra, double dec) {
        return new Vector3D(Math.toRadians(ra), Math.toRadians(dec));
    }

    private static Vector3D mean(AttitudeTable attitude, EhkRequest request, double start, double stop) {
        Vector3D sum = Vector3D.ZERO;
        for (int i = 0; i <= MEAN_SAMPLES; i++) {
            sum = sum.add(EhkRows.axis(attitude.at(start + (stop - start) * i / MEAN_SAMPLES)
                    .then(request.telescope().alignment().inverse())));
        }
        return sum.normalize();
    }

    private static Keywords header(EhkRequest request, double start, double stop) {
        try (FitsReader f = FitsReader.open(request.orbit())) {
            Keywords k = f.need("ORBIT").keywords().observation().withoutCommentary()
                    .set("TSTART", start, "[s] start").set("TSTOP", stop, "[s] stop")
                    .set("CREATOR", Software.creator() + " ehk", "program")
                    .set("DATE", RunClock.fitsDate(), "written (UTC)");
            request.nominal().ifPresent(n -> k.set("RA_NOM", n.ra(), "[deg] nominal pointing").set("DEC_NOM", n.dec(),
                    "[deg] nominal pointing"));
            k.addHistory("sxi ehk: from " + request.orbit().getFileName() + " and " + request.attitude().getFileName());
            request.parameters().all().forEach((name, value) -> {
                for (int at = 0; at < value.length(); at += 40) {
                    k.addHistory("sxi ehk: " + name + "=" + value.substring(at, Math.min(value.length(), at + 40)));
                }
            });
            return k;
        }
    }

    private static void write(Path out, EhkRows rows, Keywords header, double start, double stop, double step) {
        long count = (long) Math.floor((stop - start) / step) + 1;
        try (FitsWriter w = FitsWriter.create(out)) {
            w.primary(header.copy().withoutCommentary());
            EventSchema schema = rows.schema();
            TableWriter table = w.table(TABLE, schema, header);
            for (long done = 0; done < count; done += CHUNK) {
                double[] time = new double[(int) Math.min(CHUNK, count - done)];
                long from = done;
                Arrays.setAll(time, i -> start + step * (from + i));
                try (EventChunk c = EventChunk.allocate(schema, done, time.length)) {
                    rows.fill(c, time);
                    table.accept(c);
                }
            }
            table.finish();
            w.commit();
        }
    }
}
