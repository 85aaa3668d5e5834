// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.exposure;

import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.math3.analysis.interpolation.LinearInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialSplineFunction;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;

/** Transmission of the mirror at one energy by the angle from its axis, 1 on the axis. */
public final class Vignetting {
    private final double[] theta;
    private final PolynomialSplineFunction curve;

    private Vignetting(double[] theta, double[] value) {
        this.theta = theta;
        this.curve = new LinearInterpolator().interpolate(theta, value);
    }

    /**
     * Reads a vignetting data set (OGIP CAL/GEN/92-021): one row with ENERG_LO, ENERG_HI (keV), THETA (arcmin) and
     * VIGNET by energy, angle and, if PHI has more than one value, azimuth, over which is averaged.
     *
     * @param file the file; the first table with a column VIGNET counts
     * @param kev energy, keV; that of the nearest bin is taken
     */
    public static Vignetting load(Path file, double kev) {
        return SxiException.asCalibration(() -> {
            try (FitsReader f = FitsReader.open(file)) {
                Hdu h = f.hdus().stream().filter(u -> u.columns().stream().anyMatch(c -> c.name().equals("VIGNET")))
                        .findFirst().orElseThrow(() -> SxiException.data("file has no column VIGNET").in(file)
                                .todo("give a vignetting file of the mirror").build());
                try (EventChunk t = f.whole(h)) {
                    double[] theta = first(t, "THETA");
                    double[] low = first(t, "ENERG_LO");
                    double[] high = first(t, "ENERG_HI");
                    double[] all = first(t, "VIGNET");
                    if (theta.length < 2 || all.length % (theta.length * low.length) != 0 || all.length == 0) {
                        throw SxiException.data("size of VIGNET does not fit").in(file).hdu(h.name()).column("VIGNET")
                                .value(all.length).limit(low.length + " energies, " + theta.length + " angles")
                                .todo("repair the table").build();
                    }
                    return new Vignetting(theta, at(all, theta.length, nearest(low, high, kev), low.length));
                }
            }
        });
    }

    private static double[] first(EventChunk t, String column) {
        double[] all = t.doubles(column);
        return Arrays.copyOf(all, t.schema().column(column).repeat());
    }

    private static int nearest(double[] low, double[] high, double kev) {
        int best = 0;
        for (int i = 1; i < low.length; i++) {
            best = Math.abs((low[i] + high[i]) / 2 - kev) < Math.abs((low[best] + high[best]) / 2 - kev) ? i : best;
        }
        return best;
    }

    private static double[] at(double[] all, int angles, int energy, int energies) {
        int azimuths = all.length / angles / energies;
        double[] v = new double[angles];
        for (int a = 0; a < angles; a++) {
            for (int p = 0; p < azimuths; p++) {
                v[a] += all[(p * angles + a) * energies + energy] / azimuths;
            }
        }
        return v;
    }

    /** Transmission at an angle, arcmin; beyond the table that of its end. */
    double at(double arcmin) {
        return curve.value(Math.clamp(arcmin, theta[0], theta[theta.length - 1]));
    }
}
