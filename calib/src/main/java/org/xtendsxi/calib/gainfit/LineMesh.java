// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.Arrays;
import org.xtendsxi.caldb.error.SxiException;

/**
 * Mesh of channels and the line profile on it, broadened by the camera (energy-chain section 13.3).
 *
 * @param low lowest channel of events used
 * @param high highest channel of events used
 * @param step mesh step, channels
 * @param x mesh positions, channels (not whole numbers in general)
 * @param profile line profile on the mesh
 * @param moments mean and variance of the profile
 * @param offset channels by which the line was moved to the middle of a mesh that the user gave
 * @param sigma standard deviation of the broadening, channels
 * @param reach half width of the window of the mean, channels
 */
record LineMesh(double low, double high, double step, double[] x, double[] profile, Moments moments, double offset,
        double sigma, double reach) {
    private static final int MIN_POINTS = 6;
    private static final int MAX_POINTS = 500;
    private static final int COARSE = 3;

    /** Mesh and profile of a line. */
    static LineMesh of(LineSet line, GainFitSettings s) {
        double channel = s.channel();
        double low = (s.startEnergy() < 0 ? line.lowest() - s.extraSpread() : s.startEnergy()) / channel;
        double high = (s.stopEnergy() < 0 ? line.highest() + s.extraSpread() : s.stopEnergy()) / channel;
        double points = 1 + Math.floor((high - low) / s.binWidth());
        if (!(points >= MIN_POINTS && points <= MAX_POINTS)) {
            throw SxiException.usage("mesh has an impossible number of bins").value((long) points)
                    .limit(MIN_POINTS + ".." + MAX_POINTS + " bins of " + s.binWidth() + " channels in " + low * channel
                            + ".." + high * channel + " eV")
                    .todo("change extraspread, startenergy, stopenergy, binwidth or evchannel").build();
        }
        int n = (int) points;
        double[] x = new double[n];
        Arrays.setAll(x, i -> low + s.binWidth() * i);
        boolean centred = s.startEnergy() > 0 || s.stopEnergy() > 0;
        double offset = centred ? 0.5 * (x[0] + x[n - 1]) - line.average() / channel : 0;
        double sigma = s.broadening() / channel * Curve.SIGMA_PER_FWHM;
        double[] f = profile(line, x, s.binWidth(), channel, offset, sigma);
        if (!(Curve.sum(f) > 0)) {
            throw SxiException.usage("no line component is in the range").value(line.name())
                    .limit(low * channel + ".." + high * channel + " eV")
                    .todo("change startenergy and stopenergy, or choose another line").build();
        }
        double reach = s.windowRadius() < 0 ? line.reach(s.broadening()) / channel
                : s.windowRadius() * s.binWidth();
        return new LineMesh(low, high, s.binWidth(), x, f, Moments.of(x, f), offset, sigma, reach);
    }

    private static double[] profile(LineSet line, double[] x, double step, double channel, double offset,
            double sigma) {
        double widest = Arrays.stream(line.width()).max().orElseThrow() / channel;
        boolean coarse = (int) (widest / step) < COARSE && sigma != 0;
        double[] f = new double[x.length];
        for (int k = 0; k < line.energy().length; k++) {
            double centre = line.energy()[k] / channel + offset;
            double width = line.width()[k] / channel;
            for (int i = 0; i < x.length; i++) {
                double u = coarse ? (x[i] - centre) / sigma : 2 * (x[i] - centre) / width;
                f[i] += line.amplitude()[k] * (coarse ? Math.exp(-0.5 * u * u) : 1 / (1 + u * u));
            }
        }
        return coarse ? f : Curve.convolve(f, step, sigma);
    }

    /** Counts of events; each goes to the first bin whose upper edge lies above it. */
    double[] histogram(double[] positions) {
        double[] g = new double[x.length];
        for (double p : positions) {
            int j = 0;
            while (j < x.length && !(p < x[j] + 0.5 * step)) {
                j++;
            }
            if (j < x.length) {
                g[j]++;
            }
        }
        return g;
    }
}
