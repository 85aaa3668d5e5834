// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.util.List;
import java.util.Optional;
import org.xtendsxi.calib.common.LeastSquares;
import org.xtendsxi.pipeline.measure.LineFit;

/**
 * Width of the main peak against energy: FWHM² = noise² + slope × energy. The slope of a camera without other losses
 * is that of the Fano limit; it is held there unless lines lie far apart.
 *
 * @param noise square of the FWHM at energy 0, eV²
 * @param noiseError 1-sigma error, eV²
 * @param slope eV
 * @param slopeError 1-sigma error, 0 if held
 * @param chi2 chi-squared
 * @param degrees degrees of freedom
 */
record WidthLaw(double noise, double noiseError, double slope, double slopeError, double chi2, int degrees) {
    private static final double FANO = 0.115 * 3.65 * LineFit.FWHM_PER_SIGMA * LineFit.FWHM_PER_SIGMA;
    private static final double NOISE_UNIT = 1e3;
    private static final double NARROWEST = 10;
    /** Least ratio of the energies of the lines from which the slope is found. */
    private static final double APART = 1.5;

    /**
     * Fits widths of lines.
     *
     * @param lines lines
     * @param systematic uncertainty of each width beside its error, eV
     */
    static Optional<WidthLaw> of(List<ShapeFit> lines, double systematic) {
        double[] energies = lines.stream().mapToDouble(l -> l.line().energy()).sorted().toArray();
        int free = energies[energies.length - 1] > APART * energies[0] ? 2 : 1;
        return LeastSquares.run(m -> lines.stream().mapToDouble(l -> {
            double v = m[0] * NOISE_UNIT + (free > 1 ? FANO * (1 + m[1]) : FANO) * l.line().energy();
            return (v - l.fwhm() * l.fwhm()) / (2 * l.fwhm() * Math.hypot(l.fwhmError(), systematic));
        }).toArray(), free).map(s -> new WidthLaw(s.moves()[0] * NOISE_UNIT, s.errors()[0] * NOISE_UNIT,
                free > 1 ? FANO * (1 + s.moves()[1]) : FANO, free > 1 ? FANO * s.errors()[1] : 0, s.chi2(),
                s.degrees()));
    }

    /** FWHM at an energy, eV. */
    double fwhm(double energy) {
        return Math.sqrt(Math.max(NARROWEST * NARROWEST, noise + slope * energy));
    }
}
