// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.charge;

import org.apache.commons.math3.special.Erf;

/** A round Gaussian charge cloud, integrated over pixels (frames-and-science section 4.2). */
public final class ChargeCloud {
    private static final double REACH = 7;
    private final double sigma;
    private final int reach;

    /**
     * A cloud.
     *
     * @param sigma standard deviation along each axis, pixels; 0 leaves all charge in one pixel
     */
    public ChargeCloud(double sigma) {
        this.sigma = sigma;
        this.reach = (int) Math.ceil(REACH * sigma);
    }

    /** Takes the charge of a pixel. */
    @FunctionalInterface
    public interface PixelSink {
        /** Adds electrons to pixel (x, y). */
        void add(int x, int y, double electrons);
    }

    /** Pixels on each side of the one hit that may get charge. */
    public int reach() {
        return reach;
    }

    /**
     * Shares of the charge along one axis.
     *
     * @param centre position of the cloud; pixel n reaches from n-0.5 to n+0.5
     * @return shares of pixels {@code round(centre)-reach .. +reach}
     */
    public double[] shares(double centre) {
        double[] out = new double[2 * reach + 1];
        if (sigma == 0) {
            out[0] = 1;
            return out;
        }
        double low = Math.floor(centre + 0.5) - reach - 0.5;
        double scale = 1 / (sigma * Math.sqrt(2));
        for (int i = 0; i < out.length; i++) {
            out[i] = 0.5 * Erf.erf((low + i - centre) * scale, (low + i + 1 - centre) * scale);
        }
        return out;
    }

    /** Spreads electrons over the pixels around a point; each pixel's charge is not rounded. */
    public void spread(double x, double y, double electrons, PixelSink pixels) {
        double[] sx = shares(x);
        double[] sy = shares(y);
        int x0 = (int) Math.floor(x + 0.5) - reach;
        int y0 = (int) Math.floor(y + 0.5) - reach;
        for (int j = 0; j < sy.length; j++) {
            for (int i = 0; i < sx.length; i++) {
                double q = electrons * sx[i] * sy[j];
                if (q > 0) {
                    pixels.add(x0 + i, y0 + j, q);
                }
            }
        }
    }
}
