// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.exposure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.teldef.Transformation;
import org.xtendsxi.caldb.time.GtiList;

/** The share of the good time in which each pixel of the detector plane counts, 0 to 1, DETX fastest. */
public final class DetectorWeights {
    private static final double GOOD = 0;
    private static final double SOURCE = 1;

    private static final Affine SAME = new Affine(0, 1, 0, 0, 0, 1);
    private static final Affine NOWHERE = new Affine(-1, 0, 0, -1, 0, 0);

    private final double[] weight;

    private DetectorWeights(double[] weight) {
        this.weight = weight;
    }

    /**
     * From a bad-pixel image (0 good, 1 calibration source, 2 bad, -1 outside), which knows bad pixels and columns,
     * charge-injection rows, the window and the CCDs in use.
     *
     * @param image the file, its primary array of 1810 by 1810
     * @param maskSource whether the areas of the calibration source count as bad
     */
    public static DetectorWeights of(Path image, boolean maskSource) {
        try (FitsReader f = FitsReader.open(image)) {
            Hdu h = f.primary();
            if (!h.axes().equals(List.of(Sxi.DET_SIZE, Sxi.DET_SIZE))) {
                throw SxiException.data("not an image of the detector plane").in(image).hdu(h.name()).value(h.axes())
                        .limit(Sxi.DET_SIZE + " by " + Sxi.DET_SIZE).todo("give the .bimg file of the events").build();
            }
            double[] v = Image.read(f, h).values();
            double[] w = new double[v.length];
            for (int i = 0; i < v.length; i++) {
                w[i] = v[i] == GOOD || v[i] == SOURCE && !maskSource ? 1 : 0;
            }
            return new DetectorWeights(w);
        }
    }

    /**
     * Takes away the time in which pixels flickered.
     *
     * @param list table PIXELS: START, STOP and DETX, DETY or CCD_ID, ACTX, ACTY
     * @param teldef the map from ACT to DET
     * @param gti good time
     */
    public DetectorWeights without(Path list, TelDef teldef, GtiList gti) {
        double[] w = weight.clone();
        Map<Integer, Affine> toDet = teldef.transformations().get(teldef.index("ACT")) instanceof Transformation.Segmented s
                ? s.maps() : Map.of();
        try (FitsReader f = FitsReader.open(list); EventChunk t = f.whole(f.need("PIXELS"))) {
            double[] start = t.doubles("START");
            double[] stop = t.doubles("STOP");
            boolean placed = t.has("DETX") && t.has("DETY");
            int[] x = t.ints(placed ? "DETX" : "ACTX");
            int[] y = t.ints(placed ? "DETY" : "ACTY");
            int[] chip = placed ? new int[x.length] : t.ints("CCD_ID");
            for (int i = 0; i < x.length; i++) {
                Affine m = placed ? SAME : toDet.getOrDefault(chip[i], NOWHERE);
                int at = index(m.x(x[i], y[i]), m.y(x[i], y[i]));
                if (at >= 0) {
                    w[at] = Math.max(0, w[at] * (1 - gti.overlap(start[i], stop[i]) / gti.total()));
                }
            }
        }
        return new DetectorWeights(w);
    }

    private static int index(double x, double y) {
        int u = (int) Math.floor(x + 0.5) - 1;
        int v = (int) Math.floor(y + 0.5) - 1;
        return u < 0 || v < 0 || u >= Sxi.DET_SIZE || v >= Sxi.DET_SIZE ? -1 : v * Sxi.DET_SIZE + u;
    }

    /**
     * Multiplies by the vignetting of the mirror.
     *
     * @param vignetting transmission by angle from the axis
     * @param teldef gives the optical axis
     */
    public DetectorWeights times(Vignetting vignetting, TelDef teldef) {
        TelDef.OpticalAxis axis = teldef.axis().filter(a -> teldef.systems().get(a.system()).name().equals("DET"))
                .orElseThrow(() -> SxiException.calibration("TelDef file gives no optical axis in DET").in(teldef.file())
                        .column("OPTAXISX").todo("give another TelDef file, or no vignetting").build());
        double arcmin = Sxi.SKY_PIXEL_DEG * 60;
        double[] w = weight.clone();
        for (int i = 0; i < w.length; i++) {
            if (w[i] > 0) {
                w[i] *= vignetting.at(arcmin * Math.hypot(1 + i % Sxi.DET_SIZE - axis.x(), 1 + i / Sxi.DET_SIZE - axis.y()));
            }
        }
        return new DetectorWeights(w);
    }

    /** Weight at a position of the detector plane, that of the nearest pixel; 0 off the plane. */
    double at(double x, double y) {
        int i = index(x, y);
        return i < 0 ? 0 : weight[i];
    }

    /** Sum over all pixels. */
    double sum() {
        double s = 0;
        for (double w : weight) {
            s += w;
        }
        return s;
    }
}
