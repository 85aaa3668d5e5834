// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.exposure;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.teldef.Transformation;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.coordinates.SkyCentre;

/**
 * Exposure of every pixel of the sky, s: for each pointing the pixel of the detector under the centre of the sky pixel
 * gives its weight (events-coords-screening section 16.1).
 */
public final class ExposureMap {
    private static final int SIDE = Sxi.SKY_SIZE;

    private final float[] seconds;
    private final AttitudeHistogram pointings;

    private ExposureMap(float[] seconds, AttitudeHistogram pointings) {
        this.seconds = seconds;
        this.pointings = pointings;
    }

    /**
     * Adds up the pointings; rows of the sky are shared out among the processors and do not depend on each other.
     *
     * @param weights what each pixel of the detector counts
     * @param teldef the map from DET to FOC
     * @param pointings good time by pointing
     */
    public static ExposureMap of(DetectorWeights weights, TelDef teldef, AttitudeHistogram pointings) {
        Transformation.Basic toFoc = (Transformation.Basic) teldef.transformations().get(teldef.index("DET"));
        List<AttitudeHistogram.Bin> bins = pointings.bins();
        List<Affine> back = bins.stream().map(b -> inverse(toFoc.map().then(b.toSky()))).toList();
        float[] seconds = new float[SIDE * SIDE];
        IntStream.range(0, SIDE).parallel().forEach(v -> {
            double[] row = new double[SIDE];
            for (int b = 0; b < back.size(); b++) {
                add(weights, back.get(b), bins.get(b).time(), v, row);
            }
            for (int u = 0; u < SIDE; u++) {
                seconds[v * SIDE + u] = (float) row[u];
            }
        });
        return new ExposureMap(seconds, pointings);
    }

    private static void add(DetectorWeights weights, Affine back, double time, int v, double[] row) {
        for (int u = 0; u < SIDE; u++) {
            row[u] += time * weights.at(back.x(u + 1.0, v + 1.0), back.y(u + 1.0, v + 1.0));
        }
    }

    /** The map that takes images back to their points. */
    static Affine inverse(Affine m) {
        double d = m.xB() * m.yC() - m.xC() * m.yB();
        double xB = m.yC() / d;
        double xC = -m.xC() / d;
        double yB = -m.yB() / d;
        double yC = m.xB() / d;
        return new Affine(-xB * m.xA() - xC * m.yA(), xB, xC, -yB * m.xA() - yC * m.yA(), yB, yC);
    }

    /** Exposure of a pixel, counted from 1, s. */
    public double seconds(int x, int y) {
        return seconds[(y - 1) * SIDE + x - 1];
    }

    /** Number of pointings. */
    public int pointings() {
        return pointings.bins().size();
    }

    /** Good time without known attitude, s. */
    public double lost() {
        return pointings.lost();
    }

    /** Longest exposure, s. */
    public double longest() {
        double most = 0;
        for (float s : seconds) {
            most = Math.max(most, s);
        }
        return most;
    }

    /**
     * Writes the map with its world coordinates, the pointings and the good time.
     *
     * @param path target
     * @param header keywords of the events
     * @param gti good time
     * @param history how it was made
     */
    public void write(Path path, Keywords header, GtiList gti, String history) {
        Keywords k = header.observation().withoutCommentary();
        k.names().stream().filter(n -> n.matches("(MTYPE|MFORM|METYP|HDUCLAS|HDUVERS|DS|[0-9]DS|TIMEDEL|TIMEPIXR).*"))
                .forEach(k::remove);
        SkyCentre c = SkyCentre.of(header);
        k.set("HDUCLASS", "OGIP", "").set("HDUCLAS1", "IMAGE", "").set("HDUCLAS2", "EXPOSURE", "")
                .set("CONTENT", "EXPOSURE MAP", "").set("BUNIT", "s", "exposure")
                .set("ONTIME", gti.total(), "[s] good time")
                .set("LIVETIME", gti.total(), "[s] live time").set("EXPOSURE", gti.total(), "[s] live time")
                .set("TSTART", gti.start(), "[s] start").set("TSTOP", gti.stop(), "[s] stop")
                .set("TELAPSE", gti.stop() - gti.start(), "[s] stop - start")
                .set("CREATOR", Software.creator(), "program").set("DATE", RunClock.fitsDate(), "written")
                .set("MTYPE1", "SKY", "system").set("MFORM1", "X,Y", "columns");
        axis(k, 1, "RA---TAN", c.ra(), -Sxi.SKY_PIXEL_DEG);
        axis(k, 2, "DEC--TAN", c.dec(), Sxi.SKY_PIXEL_DEG);
        k.set("RADESYS", header.text("RADECSYS").orElse("FK5"), "celestial system").remove("RADECSYS");
        Keywords primary = k.copy().addHistory(history);
        try (FitsWriter w = FitsWriter.create(path)) {
            w.image("", SIDE, SIDE, seconds, primary);
            pointings(w, header.observation().withoutCommentary());
            GtiTable.write(w, "GTI", gti, header);
            w.commit();
        }
    }

    private static void axis(Keywords k, int n, String type, double value, double step) {
        k.set("CTYPE" + n, type, "projection").set("CRPIX" + n, Sxi.SKY_CENTRE, "reference pixel")
                .set("CRVAL" + n, value, "[deg] reference value").set("CDELT" + n, step, "[deg] pixel")
                .set("CUNIT" + n, "deg", "unit");
    }

    private void pointings(FitsWriter w, Keywords k) {
        EventSchema schema = new EventSchema(List.of(
                Column.of("X", ColumnType.DOUBLE, 1).unit("pixel").text("SKY of the centre of FOC"),
                Column.of("Y", ColumnType.DOUBLE, 1).unit("pixel").text("SKY of the centre of FOC"),
                Column.of("ROLL", ColumnType.DOUBLE, 1).unit("deg").text("turn of FOCX from X towards Y"),
                Column.of("TIME", ColumnType.DOUBLE, 1).unit("s").text("good time")));
        List<AttitudeHistogram.Bin> bins = pointings.bins();
        double c = Sxi.SKY_CENTRE;
        try (EventChunk t = EventChunk.allocate(schema, 0, bins.size())) {
            t.put("X", bins.stream().mapToDouble(b -> b.toSky().x(c, c)).toArray());
            t.put("Y", bins.stream().mapToDouble(b -> b.toSky().y(c, c)).toArray());
            t.put("ROLL", bins.stream().mapToDouble(b -> Math.toDegrees(Math.atan2(b.toSky().yB(), b.toSky().xB())))
                    .toArray());
            t.put("TIME", bins.stream().mapToDouble(AttitudeHistogram.Bin::time).toArray());
            k.names().stream().filter(n -> n.matches("(MTYPE|MFORM|METYP|HDUCLAS|HDUVERS|DS|[0-9]DS).*"))
                    .forEach(k::remove);
            w.table("POINTINGS", t, k);
        }
    }
}
