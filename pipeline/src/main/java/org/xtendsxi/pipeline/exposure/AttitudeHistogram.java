// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.exposure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.attitude.Attitude;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.coordinates.SkyProjection;

/**
 * The good time by pointing: attitudes that put the centre and a far corner of the focal plane into the same cells of
 * the sky are one bin, with their mean map from FOC to SKY.
 */
public final class AttitudeHistogram {
    /** A place far from the centre, which tells rolls apart. */
    private static final double CORNER = Sxi.SKY_CENTRE + 900;

    private final List<Bin> bins;
    private final double lost;

    private AttitudeHistogram(List<Bin> bins, double lost) {
        this.bins = List.copyOf(bins);
        this.lost = lost;
    }

    /**
     * One pointing.
     *
     * @param time good time, s
     * @param toSky mean map from FOC to SKY
     */
    public record Bin(double time, Affine toSky) {
    }

    /** Cells of the centre and of a far corner. */
    private static List<Long> cells(Affine m, double size) {
        double c = Sxi.SKY_CENTRE;
        return List.of((long) Math.floor(m.x(c, c) / size), (long) Math.floor(m.y(c, c) / size),
                (long) Math.floor(m.x(CORNER, CORNER) / size), (long) Math.floor(m.y(CORNER, CORNER) / size));
    }

    /**
     * Samples the attitude in the middle of steps of good time.
     *
     * @param attitude attitude of the spacecraft
     * @param projection from FOC to SKY
     * @param gti good time
     * @param step longest step, s
     * @param cell side of a cell, sky pixels
     */
    public static AttitudeHistogram of(Attitude attitude, SkyProjection projection, GtiList gti, double step,
            double cell) {
        Map<List<Long>, double[]> sums = new LinkedHashMap<>();
        double lost = 0;
        for (Gti g : gti.intervals()) {
            int n = (int) Math.max(1, Math.ceil((g.stop() - g.start()) / step));
            double weight = (g.stop() - g.start()) / n;
            for (int i = 0; i < n; i++) {
                double t = g.start() + (i + 0.5) * weight;
                Affine m = projection.at(attitude.at(t), t);
                if (Double.isNaN(m.xA())) {
                    lost += weight;
                    continue;
                }
                double[] s = sums.computeIfAbsent(cells(m, cell), k -> new double[7]);
                double[] v = {1, m.xA(), m.xB(), m.xC(), m.yA(), m.yB(), m.yC()};
                for (int k = 0; k < s.length; k++) {
                    s[k] += weight * v[k];
                }
            }
        }
        List<Bin> bins = new ArrayList<>();
        sums.values().forEach(s -> bins.add(new Bin(s[0], new Affine(s[1] / s[0], s[2] / s[0], s[3] / s[0], s[4] / s[0],
                s[5] / s[0], s[6] / s[0]))));
        return new AttitudeHistogram(bins, lost);
    }

    /** The pointings in order of their first time. */
    public List<Bin> bins() {
        return bins;
    }

    /** Good time without known attitude, s. */
    public double lost() {
        return lost;
    }
}
