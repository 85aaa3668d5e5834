// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.calib.gainfit.GroupFit.Solution;

/**
 * Result for one group (energy-chain section 13.6); positions in channels, NaN where a fit failed.
 *
 * @param group the events
 * @param corFit factor that turns observed into true energy, from the fit
 * @param corAve the same from the mean
 * @param chisq reduced chi-square
 * @param unbinned mean of the events
 * @param binned mean of the histogram inside the window
 * @param fitted mean of the fitted line
 * @param shift shift of the line
 * @param scale factor of the profile, counts
 * @param background constant background, counts per bin
 * @param slope slope of the background, counts per bin and channel
 * @param width full width at half maximum of all broadening
 * @param spectrum histogram on the mesh
 * @param profile fitted model on the mesh; the bare profile if the fit failed
 * @param shiftError uncertainty of the shift
 * @param widthError uncertainty of the width
 */
record DriftRow(Group group, double corFit, double corAve, double chisq, double unbinned, double binned,
        double fitted, double shift, double scale, double background, double slope, double width, double[] spectrum,
        double[] profile, ErrorCurve shiftError, ErrorCurve widthError) {
    private static final double HALF_CHANNEL = 0.5;

    /** Whether the fit succeeded. */
    boolean fittedWell() {
        return !Double.isNaN(corFit);
    }

    /**
     * Fits a group.
     *
     * @param mesh mesh and profile
     * @param s settings
     * @param group the events; energies as used for the mesh
     */
    static DriftRow of(LineMesh mesh, GainFitSettings s, Group group) {
        double[] g = mesh.histogram(group.energy());
        Moments m = Moments.near(mesh.x(), g, mesh.reach(), !s.strict());
        Optional<Solution> found = Curve.sum(g) > 0 ? new GroupFit(mesh, s, g, m).solve() : Optional.empty();
        ErrorCurve noShift = ErrorCurve.none(s, s.errors().shifts());
        ErrorCurve noWidth = ErrorCurve.none(s, s.errors().widths());
        if (found.isEmpty()) {
            double n = Double.NaN;
            return new DriftRow(group, n, n, n, n, n, n, n, n, n, n, n, g, mesh.profile(),
                    noShift, noWidth);
        }
        Solution fit = found.get();
        double average = mesh.moments().mean();
        // The reference adds the offset of a mesh given by the user where it should be taken away.
        double line = average + (s.strict() ? -mesh.offset() : mesh.offset());
        long filled = Arrays.stream(g).filter(v -> v > 0).count();
        double sigma = Math.sqrt(fit.width() * fit.width() + mesh.sigma() * mesh.sigma());
        boolean errors = s.errors().wanted();
        return new DriftRow(group, line / (average + fit.shift()),
                (s.strict() ? line : average) / m.mean(),
                Curve.chi2(g, fit.fit(), g.length) / (filled - (s.fitWidth() ? 4 : 3) - 1), group.mean(), m.mean(),
                average + fit.shift(), fit.shift() + mesh.offset(), fit.linear().a(), fit.linear().b(),
                fit.linear().c(), sigma / Curve.SIGMA_PER_FWHM, g, fit.fit(),
                errors ? ErrorCurve.shift(mesh, s, g, fit) : noShift,
                errors && s.fitWidth() ? ErrorCurve.width(mesh, s, g, fit) : noWidth);
    }

    /** Where in its channel an energy of a whole-number column lies on average: the reference takes the lower edge. */
    static double inChannel(GainFitSettings s, boolean wholeNumbers) {
        return s.strict() && wholeNumbers ? HALF_CHANNEL : 0;
    }
}
